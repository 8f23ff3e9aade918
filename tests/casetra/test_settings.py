"""Settings under production: what is missing or bad stops the start with one line that names it."""

from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from casetra import checks
from casetra.startup import REFUSED
from safeguards.checks import everybody_needs_a_factor
from tests.casetra import production


def check(**changes: str | None) -> "CompletedProcess[str]":
    return production.python("manage.py", "check", env=production.environment(**changes))


def refusal(**changes: str | None) -> str:
    """The only line that a refused start writes."""
    done = check(**changes)
    assert (done.returncode, done.stdout) == (REFUSED, "")
    (line,) = production.lines(done.stderr)
    return line


def test_a_complete_environment_is_accepted() -> None:
    done = check()
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "CASETRA_KEYRING"])
@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_a_missing_value_stops_the_start_and_is_named(name: str, value: str | None) -> None:
    assert refusal(**{name: value}).startswith(f"casetra: {name} must be set")


def test_all_that_is_missing_is_named_at_once() -> None:
    line = refusal(DATABASE_URL=None, SECRET_KEY=None, CASETRA_KEYRING=None)
    assert "DATABASE_URL, SECRET_KEY, CASETRA_KEYRING must be set" in line


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "CASETRA_KEYRING"])
def test_a_value_may_stand_in_a_file_with_a_final_newline(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(production.environment()[name] + "\n")
    assert check(**{name: None, f"{name}_FILE": str(file)}).returncode == 0
    file.write_text("\n")
    assert name in refusal(**{name: None, f"{name}_FILE": str(file)})


@pytest.mark.parametrize("fault", ["missing", "a folder", "no text"])
def test_a_file_that_cannot_be_read_stops_the_start(fault: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    if fault == "a folder":
        file.mkdir()
    elif fault == "no text":
        file.write_bytes(b"\xff\xfe\x00")
    assert "SECRET_KEY_FILE cannot be read" in refusal(SECRET_KEY=None, SECRET_KEY_FILE=str(file))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "flase"),
        ("DEBUG", "2"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "１"),
        ("REPLY_BUSINESS_DAYS", "0"),
        ("INTAKE_MIN_SECONDS", "-1"),
        ("INTAKE_PER_HOUR", "-1"),
        ("REPLY_BUSINESS_DAYS", "1.5"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgres://user@host:port/name"),
        ("DATABASE_URL", "postgres://user@host"),
        ("VAULT_DATABASE_URL", "sqlite:///vault.sqlite3"),
        ("CASETRA_KEYRING", "{"),
        ("CASETRA_KEYRING", "{}"),
        ("CASETRA_KEYRING", '{"keys": [{"id": "a", "key": "AAAA"}], "lookup": "AAAA"}'),
        ("POLICY_EDITIONS_DIR", "/nowhere/editions"),
        ("SITE_URL", "https://www.example.jp/?a=1"),
        ("SITE_URL", "www.example.jp"),
        ("SITE_URL", "ftp://www.example.jp"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://["),
        ("SITE_URL", "https://www.example.jp:port"),
        ("SITE_URL", "https://www.example.jp/casetra"),
        ("SITE_URL", "https://user@www.example.jp"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    assert refusal(**{name: value}).startswith(f"casetra: {name}")


def test_a_refused_database_url_does_not_show_its_password() -> None:
    for url in ("foo://user:Geheim99@host/name", "postgres://user:Geheim99@host:x/name", "Geheim99"):
        assert "Geheim99" not in refusal(DATABASE_URL=url)


def test_a_secret_may_begin_with_a_dollar_sign() -> None:
    show = (
        "from casetra import settings; print(settings.SECRET_KEY, settings.DATABASES['default']['PASSWORD'])"
    )
    env = production.environment(SECRET_KEY="$PATH", DATABASE_URL="postgres://user:%24pw%2F@host/name")
    assert production.python("-c", show, env=env).stdout == "$PATH $pw/\n"


def test_what_generate_keyring_prints_is_a_keyring() -> None:
    made = production.python("manage.py", "generate_keyring", env=production.environment())
    assert (made.returncode, made.stderr) == (0, "")
    assert check(CASETRA_KEYRING=made.stdout).returncode == 0


def test_production_takes_nothing_from_development() -> None:
    show = "from casetra import settings as s; print(s.DEBUG, s.DEMO_PASSWORD == '', s.EMBEDDED_POSTGRES)"
    assert production.python("-c", show, env=production.environment()).stdout == "False True None\n"


def test_production_cookies_are_for_https_and_not_for_scripts() -> None:
    show = (
        "from casetra import settings as s; kinds = 'SECURE', 'HTTPONLY', 'SAMESITE';"
        "print(*(getattr(s, f'{cookie}_COOKIE_{kind}') for cookie in ('SESSION', 'CSRF') for kind in kinds))"
    )
    done = production.python("-c", show, env=production.environment())
    assert done.stdout == "True True Lax True True Lax\n"


@pytest.mark.parametrize(
    ("hosts", "origin"),
    [
        ("www.example.jp", "https://www.example.jp"),
        ("www.example.jp,example.jp", "https://www.example.jp"),
        (".example.jp,*,10.0.0.7,[::1],127.0.0.1,www.example.jp,b.example", "https://www.example.jp"),
        ("*.example.jp,Example-1.JP", "https://Example-1.JP"),
        ("casetra", "https://casetra"),
        (".example.jp", ""),
        ("*", ""),
        ("10.0.0.7", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("unset", [None, ""])
def test_the_sites_address_is_its_first_host_over_https(hosts: str, origin: str, unset: str | None) -> None:
    show = "from casetra import settings as s; print([s.SITE_URL], s.CSRF_TRUSTED_ORIGINS)"
    done = production.python("-c", show, env=production.environment(SITE_URL=unset, ALLOWED_HOSTS=hosts))
    assert done.stdout == f"{[origin]} {[origin] if origin else []}\n"


def test_development_is_at_its_own_address() -> None:
    show = (
        "from django.conf import settings as s; print(s.SITE_URL, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    )
    changes = {"DEBUG": "true", "DJANGO_SETTINGS_MODULE": "casetra.settings", "SITE_URL": None}
    done = production.python("-c", show, env=production.environment(**changes))
    assert done.stdout == "http://127.0.0.1:8000 sessionid csrftoken\n"


def test_staff_are_signed_in_for_a_working_day_at_most() -> None:
    show = "from casetra import settings as s; print(s.SESSION_COOKIE_AGE, s.SESSION_EXPIRE_AT_BROWSER_CLOSE)"
    assert production.python("-c", show, env=production.environment()).stdout == "28800 True\n"


def test_production_cookies_are_bound_to_their_host() -> None:
    show = (
        "from django.conf import settings as s; kinds = 'NAME', 'SECURE', 'PATH', 'DOMAIN';"
        "print(*(getattr(s, f'{cookie}_COOKIE_{kind}') for cookie in ('SESSION', 'CSRF') for kind in kinds),"
        "s.BROWSER_COOKIE_NAME)"
    )
    env = production.environment(DJANGO_SETTINGS_MODULE="casetra.settings")
    done = production.python("-c", show, env=env)
    assert done.stdout == "__Host-sessionid True / None __Host-csrftoken True / None __Host-browser\n"


def test_the_demo_staff_account_cannot_be_made_in_production() -> None:
    done = production.python("manage.py", "demo_staff", env=production.environment())
    assert done.returncode == 1
    assert "development only" in done.stderr


def test_no_environment_lets_an_account_of_production_do_without_its_factor() -> None:
    show = "from django.conf import settings as s; print(s.STAFF_WITHOUT_SECOND_FACTOR)"
    wishes = {"STAFF_WITHOUT_SECOND_FACTOR": "demo", "DEMO_PASSWORD": "demo"}
    env = production.environment(DJANGO_SETTINGS_MODULE="casetra.settings", **wishes)
    assert production.python("-c", show, env=env).stdout == "[]\n"
    assert production.python("-c", show, env=env | {"DEBUG": "true"}).stdout == "['demo']\n"


def test_a_production_with_such_an_account_does_not_start(settings: Settings) -> None:
    settings.STAFF_WITHOUT_SECOND_FACTOR = ["demo"]
    assert [fault.id for fault in everybody_needs_a_factor(None)] == ["safeguards.E001"]
    settings.STAFF_WITHOUT_SECOND_FACTOR = []
    assert everybody_needs_a_factor(None) == []


@pytest.mark.django_db
def test_the_demo_account_of_development_signs_in_with_its_password_alone(settings: Settings) -> None:
    settings.DEBUG, settings.STAFF_WITHOUT_SECOND_FACTOR = True, ["demo"]
    settings.DEMO_PASSWORD = "an invented password"
    out, client = StringIO(), Client()
    call_command("demo_staff", stdout=out)
    assert "user: demo  password: an invented password" in out.getvalue()
    assert "no second factor" in out.getvalue()
    client.post("/admin/login/", {"username": "demo", "password": "an invented password"})
    assert client.get("/admin/").status_code == 200


def test_the_deploy_check_is_clean_with_a_confirmed_edition(confirmed: str) -> None:
    env = production.environment(POLICY_EDITIONS_DIR=confirmed)
    done = production.python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_the_deploy_check_is_clean_with_the_address_taken_from_the_hosts(confirmed: str) -> None:
    env = production.environment(POLICY_EDITIONS_DIR=confirmed, SITE_URL=None)
    done = production.python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SITE_URL": "http://www.example.jp"}, "SITE_URL must begin with https://"),
        ({"SITE_URL": None, "ALLOWED_HOSTS": ".example.jp"}, "SITE_URL must be set"),
    ],
)
def test_the_deploy_check_refuses_an_address_without_https(
    confirmed: str, changes: dict[str, str | None], told: str
) -> None:
    env = production.environment(POLICY_EDITIONS_DIR=confirmed, **changes)
    done = production.python("manage.py", "check", "--deploy", env=env)
    assert done.returncode == 1
    assert f"(casetra.E001) {told}" in done.stderr


def test_development_may_be_without_https(settings: Settings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert [fault.id for fault in checks.site_url_is_https(None)] == ["casetra.E001"]
    settings.DEBUG = True
    assert checks.site_url_is_https(None) == []


def test_the_deploy_check_refuses_the_shipped_draft() -> None:
    done = production.python("manage.py", "check", "--deploy", env=production.environment())
    assert done.returncode == 1
    assert "policy.E010" in done.stderr
