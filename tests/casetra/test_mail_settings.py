"""Settings of mail and of the company's days off, and the checks that keep a start from losing mails."""

import pytest

from tests.casetra import production
from tests.casetra.test_settings import refusal


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_URL", "nonsense"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "smtp://user:password@"),
        ("EMAIL_URL", "smtp://mail.example.jp:port"),
        ("EMAIL_URL", "smtp://mail.example.jp:99999"),
        ("EMAIL_URL", "smtp://mail.example.jp?tls=True"),
        ("EMAIL_URL", "filemail://"),
        ("EMAIL_URL", "filemail://folder"),
        ("DEFAULT_FROM_EMAIL", "Casetra"),
        ("DEFAULT_FROM_EMAIL", "casetra@example.jp\nBcc: evil@example.com"),
        ("STAFF_NOTIFY", "staff"),
        ("STAFF_NOTIFY", "staff@example.jp;desk@example.jp"),
        ("COMPANY_CLOSURES", "2027-08-32"),
        ("COMPANY_CLOSURES", "8/12"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    assert refusal(**{name: value}).startswith(f"casetra: {name}")


def test_a_refused_mail_url_does_not_show_its_password() -> None:
    for url in (
        "foo://user:Geheim99@host",
        "smtp://user:Geheim99@host:x",
        "smtp://user:Geheim99@",
        "Geheim99",
    ):
        assert "Geheim99" not in refusal(EMAIL_URL=url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("smtp+tls://us%40er:p%2Fw@mail.example.jp", "smtp mail.example.jp 587 us@er p/w True False"),
        ("smtps://user:pw@mail.example.jp", "smtp mail.example.jp 465 user pw False True"),
        ("smtp://localhost:2525", "smtp localhost 2525   False False"),
        ("dummymail://", "dummy  0   False False"),
    ],
)
def test_the_mail_url_becomes_djangos_settings(url: str, shown: str) -> None:
    show = (
        "from casetra import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_PORT,"
        " s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
    )
    assert production.python("-c", show, env=production.environment(EMAIL_URL=url)).stdout == f"{shown}\n"


def test_addresses_and_days_off_are_read_from_lists() -> None:
    show = "from casetra import settings as s; print(s.STAFF_NOTIFY, *sorted(map(str, s.COMPANY_CLOSURES)))"
    env = production.environment(
        STAFF_NOTIFY="a@example.jp, b@example.jp", COMPANY_CLOSURES="2027-08-13,2027-08-12"
    )
    done = production.python("-c", show, env=env)
    assert done.stdout == "['a@example.jp', 'b@example.jp'] 2027-08-12 2027-08-13\n"


def test_development_writes_its_mails_into_a_folder_and_never_to_standard_output() -> None:
    show = "from casetra import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_FILE_PATH)"
    env = production.environment(DEBUG="true", EMAIL_URL=None)
    done = production.python("-c", show, env=env)
    assert done.stdout == f"filebased {production.CHECKOUT / 'var' / 'mail'}\n"


@pytest.mark.parametrize("changes", [{"EMAIL_URL": None}, {"DEFAULT_FROM_EMAIL": None}])
def test_the_deploy_check_warns_of_a_site_that_cannot_send_mail(
    confirmed: str, changes: dict[str, str | None]
) -> None:
    env = production.environment(POLICY_EDITIONS_DIR=confirmed, **changes)
    done = production.python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env)
    assert done.returncode == 1
    assert "(casetra.W002) EMAIL_URL and DEFAULT_FROM_EMAIL are not both set" in done.stderr


@pytest.mark.parametrize(
    ("url", "told"),
    [("smtp://mail.example.jp", True), ("smtp://localhost", False), ("smtps://mail.example.jp", False)],
)
def test_the_deploy_check_warns_of_mail_that_others_could_read(confirmed: str, url: str, told: bool) -> None:
    env = production.environment(POLICY_EDITIONS_DIR=confirmed, EMAIL_URL=url)
    done = production.python("manage.py", "check", "--deploy", env=env)
    assert done.returncode == 0
    assert ("casetra.W001" in done.stderr) is told
