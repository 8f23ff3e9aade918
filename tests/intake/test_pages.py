"""2-1: the pages of the hearing form, by the test client. Those that store nothing touch no database."""

import re
from typing import Any

import pytest
from django.test import Client

from intake.choices import QUESTIONS, STEPS
from policy import services as policy
from tests.intake.client import URL, hidden, post, shown_step, text
from tests.intake.forms_data import ONLY_EMAIL, everything


def test_the_first_page_asks_the_first_step_and_carries_a_token_but_no_cookie_of_a_session(
    client: Client,
) -> None:
    page = client.get(URL)
    assert shown_step(page) == "organisation"
    assert "必須はメールアドレスだけです" in text(page)
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
        data |= hidden(page) | {q.key: everything()[q.key] for q in step.questions}
        page = post(client, "next", **data)
        assert shown_step(page) == STEPS[number + 1].slug
    carried = hidden(page)
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
            rf'(<legend class="field__label">|for="id_{question.key}">){re.escape(question.ask)} ', pages
        )
        if question.autocomplete:
            assert f'name="{question.key}" value="" autocomplete="{question.autocomplete}"' in pages
    assert sum(bool(question.autocomplete) for question in QUESTIONS) == 4


def test_back_from_the_check_page_is_the_last_step(client: Client) -> None:
    assert shown_step(post(client, "back", step="check", **ONLY_EMAIL)) == "contact"


def test_an_unknown_action_or_step_shows_a_page_and_stores_nothing(client: Client) -> None:
    assert shown_step(post(client, "explode", step="cases")) == "cases"
    assert shown_step(post(client, "next", step="nowhere")) == "cases"
    assert "入力内容の確認" in text(post(client, "", step="check", **ONLY_EMAIL))
