"""2-1: sending the hearing form, and everything that can go wrong on the way. By the test client."""

import re
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.core import signing
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter

from intake.models import Consultation
from intake.services import submission
from tests.intake.client import URL, hidden, post, shown_step, text
from tests.intake.forms_data import ONLY_EMAIL, everything


def sendable(client: Client, **answers: Any) -> dict[str, Any]:
    """What the check page sends when the person agrees."""
    page = post(client, "confirm", **(ONLY_EMAIL | answers))
    return {**hidden(page), "agree": "on"}


@pytest.mark.django_db
def test_one_post_with_every_field_and_the_agreement_creates_the_record(client: Client) -> None:
    answer = post(client, "submit", **sendable(client, **everything()))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/consultation/thanks/")
    stored = Consultation.objects.get()
    page = client.get("/consultation/thanks/")
    assert f'id="reference">{stored.reference}<' in text(page)
    assert "営業日以内" in text(page)
    cookie = answer.cookies["receipt"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/consultation/thanks/", True, "Lax")
    assert "taro" not in cookie.value


def test_without_the_agreement_nothing_is_sent_and_the_page_says_what_is_missing(client: Client) -> None:
    data = sendable(client)
    del data["agree"]
    page = post(client, "submit", **data)
    assert "同意いただける場合は" in text(page)
    assert 'href="#id_agree"' in text(page)


@pytest.mark.parametrize("shown", ["", "x", "2026-01-02", f"2026-01-02 {'0' * 64}"])
def test_an_agreement_to_another_text_is_asked_for_again(client: Client, shown: str) -> None:
    page = post(client, "submit", **(sendable(client) | {"edition": shown}))
    assert "もう一度ご確認ください" in text(page)
    assert hidden(page)["edition"] == sendable(client)["edition"]


@pytest.mark.parametrize(
    "token", ["", "x", uuid4().hex, signing.TimestampSigner(salt="other").sign(uuid4().hex)]
)
def test_a_token_that_this_site_did_not_make_is_replaced_and_nothing_is_sent(
    client: Client, token: str
) -> None:
    page = post(client, "submit", **(sendable(client) | {"token": token}))
    assert page.status_code == 200
    assert hidden(page)["token"] != [token]


def test_what_is_sent_is_validated_again(client: Client) -> None:
    page = post(client, "submit", **(sendable(client) | {"email": "taro", "employeeCount": "x"}))
    assert shown_step(page) == "organisation"


@pytest.mark.django_db
def test_a_program_can_send_everything_with_the_first_pages_hidden_inputs(client: Client) -> None:
    first = hidden(client.get(URL))
    answer = post(client, "submit", **(first | everything() | {"agree": "on"}))
    assert answer.headers["Location"] == "/consultation/thanks/"


@pytest.mark.django_db
def test_sending_twice_shows_the_first_reference_and_other_answers_are_offered_as_new(client: Client) -> None:
    data = sendable(client)
    post(client, "submit", **data)
    again = post(client, "submit", **data)
    assert again.status_code == 302
    assert Consultation.objects.count() == 1
    page = post(client, "submit", **(data | {"companyName": "別の会社"}))
    assert "前に一度受け付けています" in text(page)
    assert Consultation.objects.count() == 1
    fresh = {**hidden(page), "agree": "on"}
    assert fresh["token"] != data["token"]
    assert fresh["companyName"] == ["別の会社"]
    assert post(client, "submit", **fresh).status_code == 302
    assert Consultation.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("at", ["intake.views.guards.refusal", "intake.services.submission.submit"])
def test_with_the_database_away_the_answers_stay_on_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    data = sendable(client, companyName="試験商事")
    monkeypatch.setattr(at, away)
    page = post(client, "submit", **data)
    assert page.status_code == 503
    assert "送信を確かめられませんでした" in text(page)
    data.pop("csrfmiddlewaretoken")  # masked anew on every page
    assert data.items() <= {**hidden(page), "agree": "on"}.items()
    assert 'name="agree" value="on" checked' in text(page)


@pytest.mark.django_db
def test_the_thanks_page_shows_the_reference_for_an_hour(client: Client) -> None:
    with mock.patch("django.core.signing.time.time", return_value=1_000_000.0):
        post(client, "submit", **sendable(client))
    for seconds, shown in ((3600, True), (3601, False)):
        with mock.patch("django.core.signing.time.time", return_value=1_000_000.0 + seconds):
            page = client.get("/consultation/thanks/")
        assert ('id="reference"' in text(page)) == shown


def test_the_thanks_page_without_its_cookie_or_with_a_forged_one_tells_how_to_ask(client: Client) -> None:
    for value in (None, "C-00000-00000"):
        if value:
            client.cookies["receipt"] = value
        page = client.get("/consultation/thanks/")
        assert page.status_code == 200
        assert 'id="reference"' not in text(page)
        assert "お問い合わせ" in text(page)


def test_a_refused_token_of_csrf_keeps_the_answers_but_neither_action_nor_agreement() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = post(
        strict, "submit", step="check", agree="on", companyName="試験商事", caseTypes=["other", "harassment"]
    )
    assert page.status_code == 403
    kept = hidden(page)
    assert (kept["companyName"], kept["caseTypes"]) == (["試験商事"], ["other", "harassment"])
    assert not {"action", "agree"} & kept.keys()
    # With the cookie that came with the refusal, the offered button leads on.
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(page))
    assert token
    answer = strict.post(URL, kept | {"csrfmiddlewaretoken": token[1]} | ONLY_EMAIL)
    assert answer.status_code == 200
    assert "試験商事" in text(answer)


def test_the_sign_in_of_staff_is_never_carried_over_a_refusal() -> None:
    page = Client(enforce_csrf_checks=True).post(
        "/admin/login/", {"username": "demo", "password": "secret-word"}
    )
    assert page.status_code == 403
    assert "secret-word" not in text(page)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


@pytest.mark.django_db
def test_an_error_report_hides_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[HttpRequest] = []

    def fault(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    def note(request: HttpRequest, **kwargs: object) -> None:
        seen.append(request)

    data = sendable(client, companyName="試験商事")
    monkeypatch.setattr(submission, "submit", fault)
    client.raise_request_exception = False
    got_request_exception.connect(note)
    try:
        post(client, "submit", **data)
    finally:
        got_request_exception.disconnect(note)
    shown = SafeExceptionReporterFilter().get_post_parameters(seen[-1])
    assert shown["email"] == shown["companyName"] == SafeExceptionReporterFilter.cleansed_substitute
