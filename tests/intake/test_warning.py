"""2-1: the check page marks what looks personal in the free texts, says why, and offers to mend it first."""

import re

import pytest
from django.test import Client

from intake.choices import QUESTIONS
from tests.intake.client import hidden, post, shown_step, text
from tests.intake.forms_data import ONLY_EMAIL
from tests.intake.found import (
    CLEAN,
    FOUND,
    LEFT,
    PASSAGES,
    SECURITY,
    WARNING,
    check,
    in_order,
    marked,
    masks,
    sent,
)

WAYS: list[dict[str, str]] = [
    {"action": "confirm", "step": "contact"},
    {"action": "next", "step": "contact"},
    {"action": "confirm", "step": "organisation", "checked": "yes"},
    {"action": "", "step": "check"},
    {"action": "submit", "step": "check", "agree": "on"},
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way['action']} from {way['step']}")
def test_every_way_to_the_check_page_screens_the_free_texts(client: Client, way: dict[str, str]) -> None:
    page = post(client, **(ONLY_EMAIL | FOUND | way))
    assert (LEFT if way["action"] == "submit" else WARNING) in text(page)
    assert tuple(passage for _, passage in marked(page)) == PASSAGES


def test_the_summary_counts_by_kind_links_to_the_boxes_and_takes_the_focus(client: Client) -> None:
    page = text(check(client))
    summary = page.split('class="notice notice--warning"')[1].split("</div>")[0]
    assert re.findall(r"<li>(.*?)</li>", summary) == [
        "社員番号のように見える箇所が1つあります",
        "特定の方の病名や健康の情報のように見える箇所が1つあります",
        "氏名のように見える箇所が3つあります",
    ]
    for key in FOUND:
        assert f'href="#found_{key}"' in summary
        assert f'id="found_{key}" tabindex="-1"' in page
    assert summary.startswith(' role="group" tabindex="-1" autofocus aria-labelledby="warning"')
    assert page.count("autofocus") == 1
    assert "<title>ご注意: " in page


def test_every_mark_says_what_it_looks_like_and_where_to_mend_it(client: Client) -> None:
    page = check(client)
    looks = ("氏名", "特定の方の病名や健康の情報", "氏名", "社員番号", "氏名")
    expected = [
        (f"印{number}、{look}のように見えます。直し方はこの回答の下にあります", passage)
        for number, (look, passage) in enumerate(zip(looks, PASSAGES, strict=True), 1)
    ]
    assert marked(page) == expected
    assert "で休職中です。\n復職は来月の予定です。</p>" in text(page)


def test_mending_the_box_is_offered_first_masking_second_and_sending_as_it_is_last(client: Client) -> None:
    page = text(check(client))
    assert in_order(
        page,
        'value="fix security"',
        'value="mask security 3 7"',
        "印の付いた箇所を残して、このまま送る場合",
        "特定の個人の情報ではありません",
        'id="id_send"',
    )
    assert 'value="mask security"' not in page, "all at once only where there are several"
    assert 'value="mask caseTypesOther"' in page


def test_it_is_said_why_the_marks_change_with_company_and_name(client: Client) -> None:
    why = "「ご連絡先」に入力された会社名とお名前には、印を付けません。"
    assert why in text(check(client))
    own = check(client, contactName="鈴木一郎")
    assert "鈴木一郎" not in [passage for _, passage in marked(own)]
    assert why in text(own)


def test_a_word_that_is_found_several_times_has_one_row_with_its_places(client: Client) -> None:
    box = "佐藤花子さんの件。渡辺さんの件。佐藤花子さんの面談。"
    page = post(client, "confirm", **ONLY_EMAIL, security=box)
    assert [passage for _, passage in marked(page)] == ["佐藤花子", "渡辺", "佐藤花子"]
    assert masks(page) == ["mask security 0 4", "mask security 9 11"]
    assert text(page).count("「佐藤花子」は、氏名のように見えます（印1・3の2か所）<") == 1
    assert text(page).count("「渡辺」は、氏名のように見えます<") == 1
    assert 'aria-label="伏せ字にする：印1・3の2か所、佐藤花子"' in text(page)
    many = text(post(client, "confirm", **ONLY_EMAIL, security="佐藤花子さん、" * 12))
    assert "（印1・2・3・4・5など12か所）" in many
    assert 'value="mask security"' not in many, "of one word its own button masks all"


def test_of_a_box_twenty_words_have_a_row_of_their_own(client: Client) -> None:
    page = post(client, "confirm", **ONLY_EMAIL, security="、".join(f"090-0000-00{n}" for n in range(10, 33)))
    assert (len(marked(page)), len(masks(page))) == (23, 20)
    assert "ほかの印は、文の中に番号で示しています。" in text(page)


def test_one_button_masks_all_where_several_boxes_are_warned_about(client: Client) -> None:
    page = text(check(client))
    button = 'value="mask caseTypesOther painPointsOther security">これらの印をすべて伏せる<'
    assert in_order(page, "<form", 'value="submit"', button, "<h1>")
    assert "これらの印をすべて" not in text(check(client, caseTypesOther="", painPointsOther=""))


@pytest.mark.parametrize(("key", "step"), [("caseTypes", "cases"), ("painPoints", "cases")])
def test_a_text_without_its_tick_at_other_is_kept_and_told_of(client: Client, key: str, step: str) -> None:
    hint = "「その他」のチェックはありませんが"
    unticked = {**ONLY_EMAIL, f"{key}Other": CLEAN}
    page = post(client, "confirm", **unticked)
    assert hint in text(page)
    assert "<li>その他</li>" in text(page)
    assert CLEAN in text(page)
    assert f">\n{CLEAN}</textarea>" in text(post(client, step, **sent(page)))
    assert hint not in text(post(client, "confirm", **unticked, **{key: "other"}))
    assert hint not in text(post(client, "confirm", **ONLY_EMAIL, **{key: "other"}))


@pytest.mark.parametrize("answers", [{"security": CLEAN}, {"security": SECURITY, "contactName": "鈴木一郎"}])
def test_without_findings_nothing_is_said_and_nothing_is_asked(
    client: Client, answers: dict[str, str]
) -> None:
    page = post(client, "confirm", **ONLY_EMAIL, **answers)
    assert WARNING not in text(page)
    assert "not_personal" not in text(page)
    assert "<mark" not in text(page)
    assert "autofocus" not in text(page)


def test_mending_a_box_leads_to_it_with_the_focus_and_straight_back(client: Client) -> None:
    for key, step in (("caseTypesOther", "cases"), ("painPointsOther", "cases"), ("security", "contact")):
        page = post(client, f"fix {key}", **(ONLY_EMAIL | FOUND), step="check")
        assert shown_step(page) == step
        assert text(page).count("autofocus") == 1
        box = text(page).split(f'id="{"id_" + key}"')[1].split("</textarea>")[0]
        assert " autofocus>" in box
        assert FOUND[key] in box
        assert 'value="confirm">確認画面へ' in text(page)
        assert "入力内容の確認" in text(post(client, "confirm", **sent(page, **ONLY_EMAIL, **FOUND)))


@pytest.mark.parametrize("action", ["fix", "fix email", "fix nothing", "fix security 1"])
def test_there_is_no_other_box_to_mend(client: Client, action: str) -> None:
    assert "入力内容の確認" in text(post(client, action, **(ONLY_EMAIL | FOUND), step="check"))


def test_the_step_pages_carry_every_question_but_neither_tick_nor_findings(client: Client) -> None:
    page = post(client, "fix security", **(ONLY_EMAIL | FOUND), step="check", not_personal="on")
    assert "not_personal" not in text(page)
    assert {"caseTypesOther", "painPointsOther"} <= hidden(page).keys()
    assert hidden(page).keys() <= {
        *(question.key for question in QUESTIONS),
        *("csrfmiddlewaretoken", "token", "edition", "step", "checked", "confirmed"),
    }
