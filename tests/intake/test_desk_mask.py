"""2-1: masking by hand what the screen missed, on the page of the free texts, and ending the review behind it."""

import re

import pytest
from django.contrib.auth.models import User

from intake.models import Consultation
from tests.intake.desk import fresh
from tests.intake.desk_page import NOW, consultation, events, get, main, said, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import client_of
from tests.intake.test_desk_texts import officer as officer
from tests.intake.test_desk_texts import post, shown, told
from tests.intake.test_desk_texts import stored as stored
from tests.intake.texts import (
    CLEAN,
    ILLNESS,
    NAME,
    PAINS,
    PHONE,
    mask_all,
    personal,
)

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

_PASSAGE = re.compile(r'<textarea name="passage"[^>]*>\s*([^<]+)</textarea>')


def test_a_passage_that_the_screen_missed_is_masked_by_hand(stored: Consultation, officer: User) -> None:
    client = client_of(officer)
    passage = "\r\n 面談の日程 \r\n"  # as copying takes it along
    answer = send(client, stored, "texts/mask/pain_points_other/", passage=passage)
    assert told(answer) == ["「困りごと（その他の内容）」の1か所を伏せ字にしました。"]
    assert personal(stored).pain_points_other == PAINS.replace("面談の日程", "■■")
    assert fresh(stored).review == "due"


def test_after_masking_by_hand_the_texts_stand_there_again_and_the_envelope_was_opened_for_nothing_else(
    stored: Consultation, officer: User
) -> None:
    client = client_of(officer)
    answer = send(client, stored, "texts/mask/security/", passage=PHONE)
    assert answer.status_code == 200
    assert shown(answer) == [NAME, ILLNESS]
    assert "個人の情報のように見える箇所が2つあります。" in main(answer)
    assert 'name="version" value="2"' in text(answer)
    assert [event for event, _ in events(stored)][2:] == [
        "consultation.texts_redacted",
        "consultation.texts_shown",
    ]
    assert said(client, stored) == []


def test_a_mask_that_is_sent_again_by_a_reload_changes_nothing(officer: User) -> None:
    stored = consultation(security="一二一二")
    client = client_of(officer)
    for _ in range(2):
        answer = send(client, stored, "texts/mask/security/", passage="一二", version=1)
        assert (fresh(stored).version, personal(stored).security) == (2, "■■■■")
    assert "kanri（あなた）：自由記載の伏せ字（職員が指定した箇所2件）" in main(answer)
    assert [event for event, _ in events(stored)].count("consultation.texts_redacted") == 1


def test_when_all_was_masked_by_hand_the_review_is_ended_as_masked(
    stored: Consultation, officer: User
) -> None:
    mask_all(stored, by=officer, at=NOW)
    client = client_of(officer)
    page = main(send(client, stored, "texts/"))
    assert "いまの文を「伏せ字で確定」とします。個人情報を開ける方に、「■■」のまま表示されます。" in page
    assert ("確認を終える" in page, "問題なし" in page, "伏せ字にして確定" in page) == (True, False, False)
    assert saved(send(client, stored, "texts/release/"), stored)
    assert said(client, stored) == ["自由記載を、伏せ字で確定しました。"]
    page = main(get(client, stored))
    assert "自由記載 伏せ字で確定" in page
    assert "■■さんが■■で休職中です。" in page
    assert "すべてを伏せています" not in page


def test_when_nothing_is_found_any_more_and_nothing_is_masked_the_review_is_ended_as_no_problem(
    officer: User,
) -> None:
    stored = consultation(security=CLEAN)
    Consultation.objects.update(review="due", flagged_at=NOW, screened_with="rules of old")
    client = client_of(officer)
    page = main(send(client, stored, "texts/"))
    assert "いまの文を「問題なし」とします。個人情報を開ける方に、すべて表示されます。" in page
    assert ("確認を終える" in page, "伏せ字で確定" in page) == (True, False)
    assert saved(send(client, stored, "texts/release/"), stored)
    assert said(client, stored) == ["自由記載を、問題なしとしました。"]
    assert fresh(stored).review == "released"


def test_a_passage_over_two_lines_is_found_whatever_ends_the_browser_gives_them(officer: User) -> None:
    stored = consultation(security="一行目は\n二行目へ続く")
    post(officer, stored, "texts/mask/security/", passage="目は\r\n二行")
    assert personal(stored).security == "一行■■目へ続く"


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("伊藤さん", "入力された箇所が見つかりません。"),
        ("", "伏せ字にする箇所を入力してください。"),
        (" \n", "伏せ字にする箇所を入力してください。"),
    ],
)
def test_a_passage_that_is_not_there_is_told_and_kept(
    stored: Consultation, officer: User, passage: str, message: str
) -> None:
    answer = post(officer, stored, "texts/mask/security/", passage=passage)
    assert message in main(answer)
    assert '<a href="#mask_security_passage">' in text(answer)
    assert [kept.strip() for kept in _PASSAGE.findall(text(answer))] == ["", passage.strip()]
    assert text(answer).count("<details open>") == 1
    assert fresh(stored).version == 1


@pytest.mark.parametrize("box", ["email", "contact_name", "nonsense"])
def test_only_the_free_texts_are_masked_by_hand(stored: Consultation, officer: User, box: str) -> None:
    answer = post(officer, stored, f"texts/mask/{box}/", passage="試験")
    assert answer.status_code == 404
    assert fresh(stored).version == 1
