"""2-1: 「伏せ字にする」 on the check page replaces what is a finding of the posted text, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from intake.choices import FREE_TEXTS
from tests.intake.client import Answer, hidden, post, shown_step, text
from tests.intake.forms_data import ONLY_EMAIL
from tests.intake.found import CASE, CLEAN, FOUND, SECURITY, WARNING, marked, masks

LIMITS = {question.key: question.limit or 0 for question in FREE_TEXTS}


def mask(client: Client, action: str, **answers: Any) -> Answer:
    return post(client, action, step="check", **(ONLY_EMAIL | FOUND | answers))


def box(page: Answer, key: str = "security") -> str:
    """The text as the page carries it on; a browser sends LF as CRLF, and the form makes LF of it again."""
    return str(hidden(page).get(key, [""])[0])


def test_one_press_replaces_that_passage_and_leaves_everything_else(client: Client) -> None:
    page = mask(client, "mask caseTypesOther 4 8")
    assert box(page, "caseTypesOther") == CASE.replace("佐藤花子", "■■")
    assert box(page, "security") == SECURITY
    assert [passage for _, passage in marked(page)] == ["うつ病", "山田太郎", "A-10234", "鈴木一郎"]


def test_the_focus_lands_on_what_was_done_at_the_box_and_the_summary_counts_what_is_left(
    client: Client,
) -> None:
    page = text(mask(client, "mask caseTypesOther 4 8"))
    at_box = page.split('id="found_caseTypesOther"')[1].split("</dd>")[0]
    assert 'tabindex="-1" autofocus>1か所を「■■」に置き換えました。この欄の印は、あと1か所です。<' in at_box
    assert page.count("autofocus") == 1
    assert "氏名のように見える箇所が2つあります" in page


def test_a_box_without_a_mark_left_says_so_and_offers_no_more(client: Client) -> None:
    page = text(mask(client, "mask security 3 7"))
    at_box = page.split('id="found_security"')[1].split("</dd>")[0]
    assert "この欄に、印の付いた箇所はもうありません。" in at_box
    assert "<button" not in at_box


def test_all_passages_of_a_box_are_replaced_by_one_press(client: Client) -> None:
    page = mask(client, "mask caseTypesOther")
    assert box(page, "caseTypesOther") == CASE.replace("佐藤花子", "■■").replace("うつ病", "■■")
    assert "2か所を「■■」に置き換えました" in text(page)


def test_when_the_last_passage_is_replaced_nothing_is_asked_any_more(client: Client) -> None:
    page = mask(client, "mask security 3 7", caseTypesOther=CLEAN, painPointsOther="")
    assert WARNING not in text(page)
    assert "not_personal" not in text(page)
    assert "置き換えました" in text(page)


def test_pressing_on_through_every_passage_leaves_none(client: Client) -> None:
    page = post(client, "confirm", **ONLY_EMAIL, **FOUND)
    for left in range(5, 0, -1):
        assert len(masks(page)) == left
        page = post(client, masks(page)[0], **hidden(page))
    assert [box(page, key) for key in FOUND] == [
        "営業部の■■さんが■■で休職中です。\n復職は来月の予定です。",
        "■■さん（社員番号 ■■）の面談が進みません。",
        "担当は■■です。",
    ]


def test_one_press_replaces_every_marked_place_of_the_word_in_its_box(client: Client) -> None:
    twice = f"{SECURITY}代理は渡辺さん。{SECURITY}"
    page = mask(client, "mask security 21 25", security=twice, painPointsOther=SECURITY)
    assert box(page) == twice.replace("鈴木一郎", "■■")
    assert box(page, "painPointsOther") == SECURITY, "another box is another text"
    assert "2か所を「■■」に置き換えました。この欄の印は、あと1か所です。" in text(page)


def test_all_of_several_boxes_are_replaced_by_one_press_and_the_focus_lands_on_the_first(
    client: Client,
) -> None:
    page = mask(client, "mask painPointsOther security")
    assert box(page, "caseTypesOther") == CASE
    assert [box(page, key) for key in ("painPointsOther", "security")] == [
        "■■さん（社員番号 ■■）の面談が進みません。",
        "担当は■■です。",
    ]
    assert text(page).count("置き換えました") == 2
    at_first = text(page).split('id="found_painPointsOther"')[1].split("</dd>")[0]
    assert "autofocus" in at_first
    assert text(page).count("autofocus") == 1


@pytest.mark.parametrize(
    "action",
    [
        "mask security 3 6",
        "mask security nothing",
        "mask security email",
        "mask security 2 7",
        "mask security 0 9",
        "mask security -6 7",
        "mask security 7 3",
        "mask security 3",
        "mask security 3 7 9",
        "mask security x y",
        "mask security 03 7",
        "mask security ３ ７",
        "mask security 3 999999999999999999999",
        "mask caseTypesOther 3 7",
        "mask painPoints 3 7",
        "mask email 0 4",
        "mask email",
        "mask nothing",
        "mask",
    ],
)
def test_what_is_no_finding_changes_nothing_and_shows_the_page_again(client: Client, action: str) -> None:
    page = mask(client, action)
    assert page.status_code == 200
    assert [box(page, key) for key in FOUND] == list(FOUND.values())
    assert box(page, "email") == ONLY_EMAIL["email"]
    assert "置き換えました" not in text(page)
    assert len(marked(page)) == 5


def test_places_of_an_earlier_text_change_nothing_in_a_later_one(client: Client) -> None:
    page = mask(client, "mask security 3 7", security=f"{CLEAN}{SECURITY}")
    assert box(page) == f"{CLEAN}{SECURITY}"
    assert box(mask(client, "mask security 3 7", security=CLEAN)) == CLEAN


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("一行目\r\n担当は鈴木一郎です。\r\n", "一行目\n担当は■■です。\n"),
        ("一行目\r担当は鈴木一郎です。", "一行目\n担当は■■です。"),
        ("😀👨‍👩‍👧担当は鈴木一郎です。", "😀👨‍👩‍👧担当は■■です。"),
        ("電話は０９０－１２３４－５６７８です。", "電話は■■です。"),
        ("㈱の件。葛󠄀の字。\r\n担当は鈴木一郎です😀", "㈱の件。葛󠄀の字。\n担当は■■です😀"),
        ("　字下げ\r\n　担当は鈴木一郎です。", "　字下げ\n　担当は■■です。"),
        ('<b>鈴木一郎さん</b> & "x"', '<b>■■さん</b> & "x"'),
    ],
)
def test_line_ends_emoji_and_full_width_do_not_shift_the_place(client: Client, typed: str, left: str) -> None:
    page = post(client, "confirm", **ONLY_EMAIL, security=typed)
    (action,) = masks(page)
    assert box(post(client, action, **ONLY_EMAIL, security=typed)) == left


def test_a_box_at_its_limit_with_a_finding_at_its_end_is_masked_there(client: Client) -> None:
    for key, limit in LIMITS.items():
        typed = "あ" * (limit - len(SECURITY) - 1) + "。" + SECURITY
        page = mask(client, f"mask {key}", **{key: typed})
        assert box(page, key).endswith("。担当は■■です。")


def test_a_mask_that_is_longer_than_the_passage_and_the_box_leads_to_the_box_with_the_message(
    client: Client,
) -> None:
    page = post(client, "confirm", **ONLY_EMAIL, security="あ" * 1994 + "。林さん。。")
    assert [passage for _, passage in marked(page)] == ["林"]
    page = post(client, masks(page)[0], **hidden(page))
    assert shown_step(page) == "contact"
    assert "2,000文字以内で入力してください（いま2,001文字です）" in text(page)
    assert "。■■さん。。</textarea>" in text(page)
