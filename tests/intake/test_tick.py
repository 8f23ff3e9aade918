"""2-1: 「このまま送る」 asks for one tick, which stays with its text; nobody is warned twice, and nobody is stopped."""

import re
from typing import Any
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from intake.models import Consultation
from intake.services import free_texts
from intake.services.free_texts import MASK, Finding, Kind
from tests.intake.client import hidden, post, shown_step, text
from tests.intake.forms_data import ONLY_EMAIL
from tests.intake.found import (
    AGREE,
    CASE,
    CLEAN,
    FOUND,
    LEFT,
    PAIN,
    PASSAGES,
    SECURITY,
    WARNING,
    check,
    in_order,
    marked,
    masks,
    sent,
    ticked,
)


@pytest.mark.django_db
def test_what_is_sent_after_the_tick_is_stored_and_nothing_is_in_a_session_or_an_address(
    client: Client,
) -> None:
    answer = post(client, "submit", **sent(check(client), agree="on", not_personal="on"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/consultation/thanks/")
    assert Consultation.objects.get().review == "due"
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_the_texts_are_screened_once_a_request(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    find = mock.Mock(wraps=free_texts.find)
    monkeypatch.setattr(free_texts, "find", find)
    page = check(client)
    post(client, "submit", **sent(page, agree="on", not_personal="on"))
    assert find.call_count == 2
    assert Consultation.objects.get().review == "due"


@pytest.mark.django_db
def test_a_program_sends_everything_in_one_post_with_the_confirmation(client: Client) -> None:
    first = hidden(client.get("/consultation/"))
    answer = post(client, "submit", **first, **ONLY_EMAIL, **FOUND, agree="on", not_personal="on")
    assert answer.status_code == 302


@pytest.mark.django_db
def test_without_the_tick_the_check_page_says_so_at_the_tick_and_keeps_everything(client: Client) -> None:
    data = sent(check(client), agree="on")
    page = post(client, "submit", **data)
    assert page.status_code == 200
    assert text(page).count(LEFT) == 2  # summary and beside the tick
    assert 'href="#id_not_personal"' in text(page)
    assert 'aria-describedby="id_not_personal_error"' in text(page)
    assert 'name="agree" value="on" checked' in text(page)
    assert not ticked(page)
    assert text(page).count("autofocus") == 1, "the error comes before the warning"
    data.pop("csrfmiddlewaretoken")
    assert data.items() <= {**hidden(page), "agree": "on"}.items()
    assert not Consultation.objects.exists()
    assert post(client, "submit", **sent(page, agree="on", not_personal="on")).status_code == 302


def test_a_missing_tick_is_told_in_one_box_with_what_the_warning_said(client: Client) -> None:
    page = text(post(client, "submit", **sent(check(client), agree="on")))
    assert 'class="notice notice--warning"' not in page
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert "氏名のように見える箇所が3つあります" in summary
    assert re.findall(r"#found_(\w+)", summary) == list(FOUND)
    assert page.count("氏名のように見える箇所が3つあります") == 1
    other = text(post(client, "submit", **sent(check(client), not_personal="on")))
    assert "氏名のように見える箇所が3つあります" not in other, "what is ticked is no reason to warn"


def test_missing_agreement_and_missing_tick_are_told_together_in_the_pages_order(client: Client) -> None:
    page = text(post(client, "submit", **sent(check(client))))
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert in_order(summary, AGREE, LEFT)


def test_a_tick_stays_with_its_text_when_the_agreement_is_missing(client: Client) -> None:
    page = post(client, "submit", **sent(check(client), not_personal="on"))
    assert AGREE in text(page)
    assert ticked(page)
    assert not any(words in text(page) for words in (LEFT, WARNING))
    assert len(marked(page)) == len(PASSAGES), "what was ticked is still shown"


@pytest.mark.django_db
def test_a_tick_stays_with_its_text_through_the_pages(client: Client) -> None:
    page = post(client, "back", **sent(check(client), not_personal="on"))
    for step in ("contact", "operation", "cases", "organisation"):
        assert shown_step(page) == step
        page = post(client, "back", **sent(page, **FOUND, **ONLY_EMAIL))
    page = post(client, "confirm", **sent(page, checked="yes", employeeCount="under_50"))
    assert WARNING not in text(page)
    assert ticked(page)
    assert post(client, "submit", **sent(page, agree="on", not_personal="on")).status_code == 302


def test_what_is_ticked_is_carried_by_every_button_of_the_page(client: Client) -> None:
    page = text(check(client))
    form = page[page.rindex("<form") : page.rindex("</form>")]
    for name in ('name="agree"', 'name="not_personal"', 'value="mask ', 'value="fix ', 'value="cases"'):
        assert name in form
    first_button = form[form.index("<button") :].partition(">")[0]
    assert 'value="submit"' in first_button, "Enter on a tick must press no other button"


def test_a_mask_takes_back_neither_tick(client: Client) -> None:
    page = check(client)
    masked = post(client, masks(page)[0], **sent(page, agree="on", not_personal="on"))
    assert ticked(masked)
    assert WARNING not in text(masked)
    assert re.search(r'id="id_agree"[^>]* checked', text(masked))


def test_a_tick_that_is_taken_back_is_asked_for_again(client: Client) -> None:
    page = post(client, "submit", **sent(check(client), not_personal="on"))
    assert LEFT in text(post(client, "submit", **sent(page, agree="on")))


def test_for_a_changed_text_with_findings_the_tick_is_asked_again_and_for_that_text_alone(
    client: Client,
) -> None:
    page = post(client, "back", **sent(check(client), not_personal="on"))
    page = post(client, "confirm", **sent(page, **ONLY_EMAIL, security="担当は鈴木次郎です。"))
    assert "氏名のように見える箇所が1つあります" in text(page)
    summary = text(page).split('class="notice notice--warning"')[1].split("</div>")[0]
    assert re.findall(r"#found_(\w+)", summary) == ["security"]
    assert not ticked(page)


def test_for_a_changed_text_without_findings_nothing_is_asked(client: Client) -> None:
    ticked_once = post(client, "back", **sent(check(client), not_personal="on"))
    page = post(client, "confirm", **sent(ticked_once, **ONLY_EMAIL, security=CLEAN))
    assert WARNING not in text(page)
    assert ticked(page)
    clean = dict.fromkeys(FOUND, CLEAN)
    assert "not_personal" not in text(post(client, "confirm", **sent(page, **clean)))


def test_a_text_that_was_ticked_and_comes_back_is_not_warned_of_again(client: Client) -> None:
    page = post(client, "back", **sent(check(client), not_personal="on"))
    page = post(client, "confirm", **sent(page, **ONLY_EMAIL, security=CLEAN))
    page = post(client, "back", **sent(page, not_personal="on"))
    page = post(client, "confirm", **sent(page, **ONLY_EMAIL, security=SECURITY))
    assert WARNING not in text(page)
    assert ticked(page)


@pytest.mark.parametrize("forged", ["", "on", "0" * 64, "x" * 64])
def test_a_digest_that_this_site_did_not_make_ticks_nothing(client: Client, forged: str) -> None:
    page = post(client, "submit", **sent(check(client), agree="on", confirmed=forged))
    assert LEFT in text(page)


def test_a_page_remembers_thirty_ticked_texts_and_not_what_somebody_makes_up(client: Client) -> None:
    page = check(client, confirmed=[f"{number:064x}" for number in range(100)] + ["x"], not_personal="on")
    carried = hidden(post(client, "back", **sent(page, not_personal="on")))["confirmed"]
    assert len(carried) == 30
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in carried)
    assert ticked(page)


def test_the_digest_is_of_the_text_under_the_sites_key(client: Client, settings: Any) -> None:
    page = check(client, not_personal="on")
    carried = hidden(post(client, "back", **sent(page, not_personal="on")))["confirmed"]
    assert len(set(carried)) == len(FOUND)
    settings.SECRET_KEY = "another key of fifty characters or more, for this test"
    assert LEFT in text(post(client, "submit", **(ONLY_EMAIL | FOUND), agree="on", confirmed=carried))


def test_a_refused_token_of_csrf_keeps_the_texts_and_not_the_tick() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = post(strict, "submit", step="check", agree="on", not_personal="on", security=SECURITY)
    assert page.status_code == 403
    assert SECURITY in text(page)
    assert not {"action", "agree", "not_personal"} & hidden(page).keys()


def test_everybody_who_is_warned_may_send_whatever_they_wrote(client: Client) -> None:
    """Never a block: with the tick no text is refused, however much is found in it."""
    page = check(client, security="佐藤花子さん、" * 250)
    assert "ご確認ください" not in text(page)
    assert "氏名のように見える箇所が252か所あります" in text(page)
    assert len(marked(page)) == 254
    assert len(masks(page)) == 5, "one button a word"
    assert CASE.partition("\n")[2] in text(page)
    assert PAIN.rpartition("）")[2] in text(page)


def test_a_tick_with_a_mask_counts_for_what_was_shown_and_not_for_what_is_found_after_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """「営業部」 is a finding only beside a mask: nobody has seen a mark on it."""

    def find_in(text: str, **own: str) -> list[Finding]:
        wanted = ("鈴木", "営業部") if MASK in text else ("鈴木", "佐藤")
        spots = [each.span() for each in re.finditer("|".join(wanted), text)]
        return [Finding(*span, Kind.PERSON_NAME) for span in spots]

    monkeypatch.setattr(free_texts, "find_in", find_in)
    shown = {**ONLY_EMAIL, "security": "営業部の佐藤と鈴木", "not_personal": "on", "agree": "on"}
    page = post(client, "mask security 4 6", step="check", **shown)
    assert [passage for _, passage in marked(page)] == ["営業部", "鈴木"]
    assert WARNING in text(page)
    assert not ticked(page)
    assert LEFT in text(post(client, "submit", **sent(page, agree="on")))
    without_it = post(client, "mask security 0 2", step="check", **{**shown, "security": "佐藤と鈴木"})
    assert ticked(without_it), "what is left had its mark, though it stands elsewhere now"
    assert WARNING not in text(without_it)


def test_a_tick_outlives_a_mask_that_makes_its_box_too_long(client: Client) -> None:
    full = {**ONLY_EMAIL, "caseTypesOther": CASE, "security": "あ" * 1994 + "。林さん。。"}
    page = check(client, **full, painPointsOther="")
    last = masks(page)[-1]
    step = post(client, last, **sent(page, not_personal="on"))
    assert shown_step(step) == "contact"
    page = post(client, "confirm", **sent(step, **ONLY_EMAIL, security=SECURITY))
    summary = text(page).split('class="notice notice--warning"')[1].split("</div>")[0]
    assert re.findall(r"#found_(\w+)", summary) == ["security"], "the other box was ticked"
