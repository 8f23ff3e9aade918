"""2-1: bots are kept out by time, honeypot and counter; a person loses nothing and always has a way to send."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import QUESTIONS, STEPS
from intake.models import Consultation
from intake.rules import pace
from intake.views.guards import HONEYPOT
from policy import services as policy
from safeguards.models import RateCount
from safeguards.services import audit
from tests.intake.client import URL, Answer, hidden, post, text
from tests.intake.forms_data import ONLY_EMAIL, everything

OPENED = datetime(2026, 11, 22, 3, 20, tzinfo=UTC)
LATER = OPENED + timedelta(seconds=90)
TOO_FAST, FILLED, TOO_MANY = "短すぎたため", "入力しないはずの欄", "送信が続いたため"


def sendable(client: Client, **answers: Any) -> dict[str, Any]:
    """What the check page sends, its token made at OPENED."""
    with mock.patch("django.core.signing.time.time", return_value=OPENED.timestamp()):
        page = post(client, "confirm", **(ONLY_EMAIL | answers))
    return {**hidden(page), "agree": "on"}


def send(client: Client, data: dict[str, Any], *, at: datetime = LATER, **meta: Any) -> Answer:
    with mock.patch("django.utils.timezone.now", return_value=at):
        return client.post(URL, {"action": "submit", **data}, **meta)


def assert_refused(page: Answer, data: dict[str, Any], *, why: str, status: int = 200) -> None:
    """The check page, with the reason, the telephone, everything typed, and the agreement as it was."""
    assert page.status_code == status
    assert why in text(page)
    company = policy.in_force(OPENED.date()).facts.controller
    summary = text(page).split('class="error-summary"')[1].split("</div>")[0]
    assert f"お電話（{company.telephone}、{company.hours}）" in summary
    assert "入力内容の確認" in text(page)
    kept = {name: value for name, value in data.items() if name not in {"csrfmiddlewaretoken", HONEYPOT}}
    assert kept.items() <= {**hidden(page), "agree": "on"}.items()
    assert 'name="agree" value="on" checked' in text(page)


@pytest.mark.parametrize(
    ("seconds", "minimum", "too_fast"),
    [(0, 3, True), (2.999, 3, True), (3, 3, False), (3.001, 3, False), (0, 0, False), (-1, 3, False)],
)
def test_a_form_is_too_fast_below_the_minimum_and_not_at_it(
    seconds: float, minimum: int, too_fast: bool
) -> None:
    sent_at = OPENED + timedelta(seconds=seconds)
    assert pace.is_too_fast(opened_at=OPENED, sent_at=sent_at, minimum=minimum) is too_fast


@pytest.mark.django_db
def test_who_is_too_fast_is_asked_to_press_again_and_then_may_send(
    client: Client, settings: Settings
) -> None:
    settings.INTAKE_MIN_SECONDS = 3
    data = sendable(client, **everything())
    page = send(client, data, at=OPENED + timedelta(seconds=2.9))
    assert_refused(page, data, why=TOO_FAST)
    assert not Consultation.objects.exists()
    assert not RateCount.objects.exists()  # what is refused for nothing is not counted
    again = {**hidden(page), "agree": "on"}
    assert send(client, again, at=OPENED + timedelta(seconds=3)).status_code == 302


@pytest.mark.django_db
def test_a_minimum_of_0_refuses_nobody(client: Client) -> None:
    assert configured.INTAKE_MIN_SECONDS == 0
    assert send(client, sendable(client), at=OPENED).status_code == 302


@pytest.mark.django_db
def test_a_filled_honeypot_is_refused_and_comes_back_empty_so_that_a_person_may_send(client: Client) -> None:
    data = sendable(client, **everything()) | {HONEYPOT: "https://example.com/"}
    page = send(client, data)
    assert_refused(page, data, why=FILLED)
    assert f'name="{HONEYPOT}" value=""' in text(page)
    assert "https://example.com/" not in text(page)
    assert not Consultation.objects.exists()
    assert not RateCount.objects.exists()
    assert send(client, {**hidden(page), "agree": "on", HONEYPOT: ""}).status_code == 302


def test_every_page_that_leads_on_has_one_honeypot_which_is_no_question_and_out_of_reach(
    client: Client,
) -> None:
    assert HONEYPOT not in {question.key for question in QUESTIONS}
    for page in [post(client, step.slug) for step in STEPS] + [post(client, "confirm", **ONLY_EMAIL)]:
        assert text(page).count(f'name="{HONEYPOT}"') == 1
        trap = text(page).split('<div class="unused" aria-hidden="true">')[1].split("</div>")[0]
        assert f'name="{HONEYPOT}" value="" tabindex="-1" autocomplete="off"' in trap
        assert "この欄には何も入力しないでください" in trap


def test_what_an_autofill_wrote_into_the_honeypot_of_a_step_is_dropped(client: Client) -> None:
    page = post(client, "confirm", step="contact", **ONLY_EMAIL, **{HONEYPOT: "https://example.com/"})
    assert "入力内容の確認" in text(page)
    assert "https://example.com/" not in text(page)


@pytest.mark.django_db
def test_sixty_colleagues_behind_one_address_may_send_in_one_hour_and_the_next_one_after_it(
    client: Client,
) -> None:
    assert configured.INTAKE_PER_HOUR == 60  # the default
    for number in range(60):
        assert send(client, sendable(client, companyName=f"試験{number}")).status_code == 302
    data = sendable(client, **everything())
    page = send(client, data)
    assert_refused(page, data, why=TOO_MANY, status=429)
    assert page.headers["Retry-After"] == str(38 * 60 + 30)  # 12:21:30 in Tokyo, until 13:00
    assert "39分ほどおいて" in text(page)
    assert Consultation.objects.count() == 60
    end = LATER.replace(minute=0, second=0) + timedelta(hours=1)
    last = send(client, data, at=end - timedelta(seconds=0.5))
    assert (last.status_code, last.headers["Retry-After"]) == (429, "1")
    assert send(client, {**hidden(page), "agree": "on"}, at=end).status_code == 302


@pytest.mark.django_db
def test_two_addresses_do_not_disturb_each_other_and_one_network_of_ipv6_is_one(
    client: Client, settings: Settings
) -> None:
    settings.INTAKE_PER_HOUR = 1
    expected = [
        ("203.0.113.5", 302),
        ("203.0.113.5", 429),
        ("203.0.113.6", 302),
        ("2001:db8::1", 302),
        ("2001:db8::2", 429),
        ("2001:db8:0:1::1", 302),
    ]
    got = [(ip, send(client, sendable(client), REMOTE_ADDR=ip).status_code) for ip, _ in expected]
    assert got == expected


@pytest.mark.django_db
@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_an_invented_header_does_not_get_anybody_past_the_limit(
    client: Client, settings: Settings, proxies: int
) -> None:
    settings.INTAKE_PER_HOUR, settings.TRUSTED_PROXIES = 1, proxies
    appended = ["203.0.113.5", "10.0.0.2"][:proxies]
    statuses = []
    for invented in ("198.51.100.1", "198.51.100.2"):
        meta: dict[str, Any] = {
            "REMOTE_ADDR": "10.0.0.1",
            "HTTP_X_FORWARDED_FOR": ", ".join([invented, *appended]),
        }
        statuses.append(send(client, sendable(client), **meta).status_code)
    assert statuses == [302, 429]


@pytest.mark.django_db
def test_a_page_sent_again_gets_its_first_result_even_at_the_limit(
    client: Client, settings: Settings
) -> None:
    settings.INTAKE_PER_HOUR = 1
    data = sendable(client)
    for _ in range(2):  # the second one is beyond the limit
        assert send(client, data).status_code == 302
    settings.INTAKE_MIN_SECONDS = 3600  # whatever else would refuse it now
    for again in (data, data | {HONEYPOT: "x"}):
        answer = send(client, again)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/consultation/thanks/")
    assert "前に一度受け付けています" in text(send(client, data | {"companyName": "別の会社"}))
    assert (Consultation.objects.count(), RateCount.objects.get().n) == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"email": "taro"}, {"agree": ""}, {"edition": "x"}, {"token": "x"}])
def test_what_the_person_has_to_mend_first_is_said_first_and_not_counted(
    client: Client, settings: Settings, wrong: dict[str, str]
) -> None:
    settings.INTAKE_MIN_SECONDS = 3600
    page = send(client, sendable(client) | {HONEYPOT: "x"} | wrong)
    assert page.status_code == 200
    assert "ご確認ください" in text(page)
    assert not any(words in text(page) for words in (TOO_FAST, FILLED, TOO_MANY))
    assert not RateCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_submission_that_fails_and_is_rolled_back_stays_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fault)  # the last write of the transaction
    client.raise_request_exception = False
    assert send(client, sendable(client)).status_code == 500
    assert not Consultation.objects.exists()
    assert RateCount.objects.get().n == 1


@pytest.mark.django_db
def test_who_sends_another_consultation_from_the_same_page_is_not_called_too_fast(
    client: Client, settings: Settings
) -> None:
    settings.INTAKE_MIN_SECONDS = 30
    data = sendable(client)
    assert send(client, data).status_code == 302
    page = send(client, data | {"companyName": "別の会社"})
    assert "前に一度受け付けています" in text(page)
    assert send(client, {**hidden(page), "agree": "on"}).status_code == 302
    assert Consultation.objects.count() == 2
