"""2-1: the pages of the hearing form, by the test client. Those that store nothing touch no database."""

import re
from html import unescape
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter

from intake.choices import QUESTIONS, STEPS
from intake.models import Consultation
from intake.services import submission
from policy import services as policy
from tests.intake.forms_data import ONLY_EMAIL, everything

URL = "/consultation/"
_INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: HttpResponse) -> dict[str, list[str]]:
    """The page's hidden inputs (of its last form)."""
    found: dict[str, list[str]] = {}
    for name, value in _INPUT.findall(page.content.decode().split("<form")[-1]):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def post(client: Client, action: str, **data: Any) -> HttpResponse:
    return client.post(URL, {"action": action, **data})  # type: ignore[return-value]


def text(page: HttpResponse) -> str:
    return unescape(page.content.decode())


def shown_step(page: HttpResponse) -> str:
    return hidden(page)["step"][0]


def test_the_first_page_asks_the_first_step_and_carries_a_token_but_no_cookie_of_a_session(
    client: Client,
) -> None:
    page = client.get(URL)
    assert shown_step(page) == "organisation"  # type: ignore[arg-type]
    assert "必須はメールアドレスだけです" in text(page)  # type: ignore[arg-type]
    assert "sessionid" not in page.cookies
    assert page.headers["Cache-Control"] == "private, no-cache"


def test_every_free_text_box_carries_the_warning(client: Client) -> None:
    boxes = 0
    for step in STEPS:
        page = text(post(client, step.slug))
        boxes += (count := page.count("<textarea"))
        assert page.count("診断名など、個人が分かる内容や健康に関する情報は書かないでください") == count
    assert boxes == 3


def test_no_posted_page_varies_by_cookie_so_that_back_finds_it(client: Client) -> None:
    for page in (
        client.get(URL),
        post(client, "next", step="organisation"),
        client.get("/consultation/thanks/"),
    ):
        assert "Vary" not in page.headers


def test_next_walks_through_the_steps_and_every_page_carries_everything_typed(client: Client) -> None:
    data: dict[str, Any] = {}
    page = client.get(URL)
    for number, step in enumerate(STEPS[:-1]):
        data |= hidden(page) | {q.key: everything()[q.key] for q in step.questions}  # type: ignore[arg-type]
        page = post(client, "next", **data)  # type: ignore[assignment]
        assert shown_step(page) == STEPS[number + 1].slug  # type: ignore[arg-type]
    carried = hidden(page)  # type: ignore[arg-type]
    for question in (q for step in STEPS[:-1] for q in step.questions):
        typed = everything()[question.key]
        assert carried[question.key] == (typed if isinstance(typed, list) else [typed])
    assert carried["token"] == data["token"]


def test_going_back_loses_nothing_even_what_is_wrong(client: Client) -> None:
    page = post(client, "back", step="contact", email="not an address", companyName="試験" * 200)
    assert shown_step(page) == "operation"
    assert hidden(page)["email"] == ["not an address"]
    assert hidden(page)["companyName"] == ["試験" * 200]
    assert "ご確認ください" not in text(page)


def test_a_fault_stays_on_its_step_with_summary_and_what_was_typed(client: Client) -> None:
    page = post(client, "confirm", step="contact", email="taro", companyName="試験商事")
    assert page.status_code == 200
    assert text(page).count("メールアドレスの形を確かめてください") == 2  # summary and beside the field
    assert 'href="#id_email"' in text(page)
    assert "<title>エラー: " in text(page)
    assert 'value="taro"' in text(page)
    assert 'value="試験商事"' in text(page)


def test_a_fault_of_another_step_leads_to_that_step(client: Client) -> None:
    page = post(client, "confirm", step="contact", employeeCount="lots", **ONLY_EMAIL)
    assert shown_step(page) == "organisation"
    assert 'href="#id_employeeCount_0"' in text(page)


@pytest.mark.parametrize("step", [step.slug for step in STEPS[:-1]])
def test_the_rest_can_be_left_for_the_meeting_from_every_step(client: Client, step: str) -> None:
    page = post(client, "contact", step=step, employeeCount="under_50")
    assert shown_step(page) == "contact"
    assert hidden(page)["employeeCount"] == ["under_50"]


def test_the_check_page_shows_every_answer_in_words_the_purposes_and_the_edition(client: Client) -> None:
    page = post(client, "confirm", step="contact", **everything())
    for question in QUESTIONS:
        assert question.label in text(page)
        for option in question.options or ():
            if option.value in everything()[question.key]:  # type: ignore[operator]
                assert str(option.label) in text(page)
    assert everything()["security"] in text(page)  # type: ignore[operator]
    edition = policy.editions()[-1]
    places = [text(page).index(f"<li>{purpose}</li>") for purpose in edition.facts.purposes]
    assert (len(places), places) == (6, sorted(places))
    assert 'href="/privacy/2026-01-02/"' in text(page)
    assert hidden(page)["edition"] == [f"2026-01-02 {edition.digest}"]
    assert "checked" not in text(page)


def test_unanswered_questions_are_said_to_be_so(client: Client) -> None:
    assert text(post(client, "confirm", **ONLY_EMAIL)).count("<dd>未回答</dd>") == len(QUESTIONS) - 1


def test_a_likely_slip_in_the_address_is_pointed_out_and_not_corrected(client: Client) -> None:
    page = post(client, "confirm", email="taro@gmial.com")
    assert "<strong>taro@gmial.com</strong>" in text(page)
    assert "<strong>taro@gmail.com</strong>" in text(page)
    assert hidden(page)["email"] == ["taro@gmial.com"]


def test_change_leads_to_the_section_with_everything_kept(client: Client) -> None:
    page = post(client, "cases", step="check", employeeCount="under_50", caseTypesOther="補足", **ONLY_EMAIL)
    assert shown_step(page) == "cases"
    assert hidden(page)["employeeCount"] == ["under_50"]
    assert "\n補足</textarea>" in text(page)


def test_a_changed_section_leads_straight_back_to_the_check_page_even_over_a_fault(client: Client) -> None:
    page = post(client, "organisation", step="check", **ONLY_EMAIL)
    assert 'value="confirm">確認画面へ' in text(page)
    assert "残りは面談で話す" not in text(page)
    page = post(client, "confirm", **(hidden(page) | {"employeeCount": "lots"}))
    assert 'value="confirm">確認画面へ' in text(page)
    assert "入力内容の確認" in text(post(client, "confirm", **(hidden(page) | {"employeeCount": "under_50"})))


def test_every_question_names_itself_and_contact_fields_tell_the_browser_what_they_are(
    client: Client,
) -> None:
    pages = "".join(text(post(client, step.slug)) for step in STEPS)
    for question in QUESTIONS:
        assert re.search(
            rf'(<legend class="field__label">|for="id_{question.key}">){re.escape(question.label)} ', pages
        )
        if question.autocomplete:
            assert f'name="{question.key}" value="" autocomplete="{question.autocomplete}"' in pages
    assert sum(bool(question.autocomplete) for question in QUESTIONS) == 4


def test_an_error_report_hides_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[HttpRequest] = []

    def fault(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    def report(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse(status=500)

    data = sendable(client, companyName="試験商事")
    monkeypatch.setattr(submission, "submit", fault)
    monkeypatch.setattr("casetra.views.server_error", report)
    client.raise_request_exception = False
    post(client, "submit", **data)
    shown = SafeExceptionReporterFilter().get_post_parameters(seen[0])
    assert shown["email"] == shown["companyName"] == SafeExceptionReporterFilter.cleansed_substitute


def test_back_from_the_check_page_is_the_last_step(client: Client) -> None:
    assert shown_step(post(client, "back", step="check", **ONLY_EMAIL)) == "contact"


def test_an_unknown_action_or_step_shows_a_page_and_stores_nothing(client: Client) -> None:
    assert shown_step(post(client, "explode", step="cases")) == "cases"
    assert shown_step(post(client, "next", step="nowhere")) == "cases"
    assert "入力内容の確認" in text(post(client, "", step="check", **ONLY_EMAIL))


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
    assert f'id="reference">{stored.reference}<' in text(page)  # type: ignore[arg-type]
    assert "営業日以内" in text(page)  # type: ignore[arg-type]
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
    first = hidden(client.get(URL))  # type: ignore[arg-type]
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


def test_with_the_database_away_the_answers_stay_on_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    data = sendable(client, companyName="試験商事")
    monkeypatch.setattr(submission, "submit", away)
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
        assert ('id="reference"' in text(page)) == shown  # type: ignore[arg-type]


def test_the_thanks_page_without_its_cookie_or_with_a_forged_one_tells_how_to_ask(client: Client) -> None:
    for value in (None, "C-00000-00000"):
        if value:
            client.cookies["receipt"] = value
        page = client.get("/consultation/thanks/")
        assert page.status_code == 200
        assert 'id="reference"' not in text(page)  # type: ignore[arg-type]
        assert "お問い合わせ" in text(page)  # type: ignore[arg-type]


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
    assert "試験商事" in text(answer)  # type: ignore[arg-type]


def test_the_sign_in_of_staff_is_never_carried_over_a_refusal() -> None:
    page = Client(enforce_csrf_checks=True).post(
        "/admin/login/", {"username": "demo", "password": "secret-word"}
    )
    assert page.status_code == 403
    assert "secret-word" not in text(page)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
