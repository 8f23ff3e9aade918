"""2-1: free texts that look personal on a page of their own, where staff decide what becomes of them."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from intake.models import Consultation
from intake.services import review
from safeguards.services import envelopes
from tests.intake.desk import fresh
from tests.intake.desk_page import NOW, Answer, consultation, events, get, main, said, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member
from tests.intake.texts import (
    CLEAN,
    ILLNESS,
    NAME,
    PAINS,
    PHONE,
    RAW,
    REVIEWER,
    SECURITY,
    flagged,
    mask_all,
    personal,
    places,
    redact_all,
    values,
)

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

_PASSAGE = re.compile(r'<textarea name="passage"[^>]*>\s*([^<]+)</textarea>')


@pytest.fixture
def stored() -> Consultation:
    return flagged()


@pytest.fixture
def officer() -> User:
    return member(*REVIEWER, last_name="kanri")


def shown(answer: Answer) -> list[str]:
    return [raw for raw in RAW if raw in text(answer)]


def told(answer: Answer) -> list[str]:
    """The messages on this very page."""
    return [str(message) for message in answer.context["messages"]]


def post(user: User, stored: Consultation, address: str, **data: Any) -> Answer:
    return send(client_of(user), stored, address, **data)


def test_the_texts_are_shown_after_a_press_with_marks_and_reasons_and_an_entry_of_their_own(
    stored: Consultation, officer: User
) -> None:
    answer = post(officer, stored, "texts/")
    assert shown(answer) == list(RAW)
    page = main(answer)
    assert "2026年11月2日から要確認です。個人の情報のように見える箇所が、3か所あります。" in page
    assert "残した箇所は、個人情報を開ける方に表示されます。" in page
    assert text(answer).count('<mark class="desk-mark">') == 3
    for number, words in (
        ("困りごと（その他の内容） 1", f"「{NAME}」 氏名のように見えます"),
        ("セキュリティ要件 3", f"「{PHONE}」 電話番号のように見えます"),
    ):
        assert f"{number} {words}" in page.replace("\u3000", " ").replace("  ", " ")
    assert "））" not in page
    assert text(answer).count(" checked>") == 3
    assert [event for event, _ in events(stored)][2:] == ["consultation.texts_shown"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["texts/", "texts/redact/", "texts/release/", "texts/mask/security/"])
def test_following_a_link_to_the_texts_opens_nothing_and_leads_to_the_button(
    stored: Consultation, officer: User, address: str
) -> None:
    client = client_of(officer)
    assert saved(get(client, stored, address), stored)
    assert [event for event, _ in events(stored)][2:] == []
    assert said(client, stored) == ["もう一度「自由記載を表示する」を押してください。"]
    redact_all(stored, by=officer, at=NOW)
    get(client, stored, address)
    assert said(client, stored) == ["もう一度「自由記載を伏せ字にする」を押してください。"]


def test_ticked_findings_are_masked_for_good(stored: Consultation, officer: User) -> None:
    client = client_of(officer)
    assert saved(send(client, stored, "texts/redact/", places=values(stored)), stored)
    assert said(client, stored) == ["3か所を伏せ字にして、確定しました。"]
    assert personal(stored).security == SECURITY.replace(PHONE, "■■")
    page = get(client, stored)
    assert shown(page) == []
    assert "自由記載 伏せ字で確定" in main(page)
    assert "要確認" not in main(page)


def test_what_is_not_ticked_stays(stored: Consultation, officer: User) -> None:
    client, (*_, phone) = client_of(officer), values(stored)
    assert saved(send(client, stored, "texts/redact/", places=[phone]), stored)
    assert (personal(stored).pain_points_other, fresh(stored).review) == (PAINS, "redacted")
    assert said(client, stored) == ["1か所を伏せ字にし、2か所を残して確定しました。"]


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([], "伏せ字にする箇所を選んでください。"),
        (["security:0:2"], "伏せ字にする箇所が変わりました。"),
        (["position:0:2"], "伏せ字にする箇所が変わりました。"),
        (["security:9999999:1"], "伏せ字にする箇所が変わりました。"),
        (["security:１:２"], "伏せ字にする箇所が変わりました。"),
    ],
)
def test_places_that_are_none_get_a_message_and_nothing_is_written(
    stored: Consultation, officer: User, places: list[str], message: str
) -> None:
    answer = post(officer, stored, "texts/redact/", places=places)
    assert answer.status_code == 200
    assert "まだ保存していません" in main(answer)
    assert message in main(answer)
    assert '<a href="#redact">' in text(answer)
    assert 'id="redact"' in text(answer)
    assert fresh(stored).version == 1


def test_ticks_that_were_taken_away_stay_away_when_the_page_comes_again(
    stored: Consultation, officer: User
) -> None:
    name, *_ = values(stored)
    answer = post(officer, stored, "texts/redact/", places=[name, "security:0:2"])
    assert re.findall(r'value="([\w:]+)" id="redact_\d" checked', text(answer)) == [name]


def test_no_problem_releases_the_texts(stored: Consultation, officer: User) -> None:
    client = client_of(officer)
    assert saved(send(client, stored, "texts/release/"), stored)
    assert said(client, stored) == ["自由記載を、問題なしとしました。"]
    page = get(client, stored)
    assert shown(page) == list(RAW)
    assert "自由記載 問題なし" in main(page)
    again = main(send(client, stored, "texts/release/"))
    assert "この相談の自由記載は、すでに確認されています。" in again
    assert "「問題なし」として確認済みです。" in again


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
    assert "個人の情報のように見える箇所が、2か所あります。" in main(answer)
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


def test_who_comes_second_sees_what_a_colleague_did_and_may_press_again(
    stored: Consultation, officer: User
) -> None:
    jiro, seen = member(*REVIEWER, last_name="jiro"), values(stored)
    review.mask(stored.id, field="security", passage="国内", seen=1, by=jiro, at=NOW)
    answer = post(officer, stored, "texts/redact/", places=seen, version=1)
    assert "まだ保存していません" in main(answer)
    assert "jiro：自由記載の伏せ字（職員が指定した箇所1件）" in main(answer)
    assert 'name="version" value="2"' in text(answer)
    assert text(answer).count(" checked>") == 3
    assert fresh(stored).review == "due"
    assert saved(post(officer, stored, "texts/redact/", places=values(stored)), stored)


def test_a_decision_is_told_to_who_has_the_page_of_the_consultation_open(
    stored: Consultation, officer: User
) -> None:
    redact_all(stored, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), stored, "bounced/", version=1)
    assert "kanri：自由記載の伏せ字（特定の方の病名や健康の情報1件、氏名1件、電話番号1件）" in main(answer)


def test_what_was_left_and_what_was_confirmed_is_told_in_words(stored: Consultation, officer: User) -> None:
    review.redact(stored.id, places=places(stored)[2:], seen=1, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), stored, "bounced/", version=1)
    assert "kanri：自由記載の伏せ字（電話番号1件、残した箇所2件）" in main(answer)
    other = flagged()
    mask_all(other, by=officer, at=NOW)
    review.release(other.id, seen=4, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), other, "bounced/", version=4)
    assert "、自由記載の伏せ字（すでに伏せた箇所で確定）" in main(answer)


@pytest.mark.parametrize("address", ["texts/", "texts/redact/", "texts/release/", "texts/mask/security/"])
@pytest.mark.parametrize(
    "rights",
    [
        VIEWER,
        RECEPTION,
        ("view_consultation", "review_texts"),
        ("view_consultation", "open_envelope", "triage", "export_personal", "open_technical"),
        ("open_envelope", "review_texts"),
    ],
)
def test_reading_and_deciding_need_the_right_to(
    stored: Consultation, address: str, rights: tuple[str, ...]
) -> None:
    data = {"places": values(stored), "passage": PHONE}
    answer = send(client_of(member(*rights)), stored, address, **data)
    assert answer.status_code == 403
    assert shown(answer) == []
    assert (fresh(stored).version, len(events(stored))) == (1, 2)


def test_texts_whose_envelope_does_not_open_are_said_so(stored: Consultation, officer: User) -> None:
    wanted = values(stored)
    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    for address in ("texts/", "texts/redact/", "texts/mask/security/", "texts/release/"):
        answer = post(officer, stored, address, places=wanted, passage=PHONE)
        assert "個人情報の封を開けませんでした。" in main(answer)
    assert len(events(stored)) == 2


def test_an_erased_consultation_is_said_to_be_gone(stored: Consultation, officer: User) -> None:
    client, wanted = client_of(officer), values(stored)
    fresh(stored).delete()
    for address in ("texts/", "texts/redact/", "texts/release/", "texts/mask/security/"):
        answer = send(client, stored, address, version=1, places=wanted, passage=PHONE)
        assert answer.status_code == 404
        assert "この相談は、消去されたか" in main(answer)


def test_texts_are_shown_as_text_never_as_markup(officer: User) -> None:
    stored = flagged(security=f"<b>強い</b> {SECURITY}<script>alert(1)</script>")
    page = post(officer, stored, "texts/").content.decode()
    assert "&lt;b&gt;強い&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_no_message_log_of_django_or_session_holds_a_word_of_them(
    stored: Consultation, officer: User
) -> None:
    client = client_of(officer)
    send(client, stored, "texts/mask/security/", passage=PHONE)
    send(client, stored, "texts/redact/", places=values(stored))
    kept = str([session.get_decoded() for session in Session.objects.all()]) + client.cookies.output()
    assert not [raw for raw in RAW if raw in kept]
    assert not LogEntry.objects.exists()
