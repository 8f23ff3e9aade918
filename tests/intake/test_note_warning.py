"""2-1: staff's own notes are screened when they are saved: one warning a text, never a block, nothing typed lost."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from intake.models import Consultation, Contact
from intake.services import notes, reading, triage
from intake.services.triage import State, Status
from safeguards.services import envelopes
from tests.intake.desk import fresh
from tests.intake.desk_page import (
    NOW,
    TODAY,
    Answer,
    consultation,
    events,
    get,
    main,
    opened,
    saved,
    send,
    text,
)
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

NOTE = "佐藤さんが適応障害で休職中とのこと。\n復職の手順を説明した。"
TICK = "特定の従業員の方の情報ではありません"
TICKED = re.compile(r'name="not_personal" id="contact_not_personal"( checked)?>')
_FOR = re.compile(r'name="not_personal_for" value="([0-9a-f]{64})"')


@pytest.fixture
def stored() -> Consultation:
    return consultation(company_name="松下見本株式会社", contact_name="鈴木 一郎", email="ichiro@example.jp")


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="高橋", first_name="花子")


def write(user: User, stored: Consultation, note: str = NOTE, **data: Any) -> Answer:
    given = {"kind": "telephone.out", "on": TODAY, "note": note, **data}
    return send(client_of(user), stored, "contacts/", **given)


def mark(answer: Answer) -> str:
    """Which text the page's tick is for."""
    found = _FOR.search(text(answer))
    assert found, "no warning"
    return found[1]


def test_a_note_that_looks_personal_is_warned_about_once_with_everything_kept(
    stored: Consultation, hanako: User
) -> None:
    answer = write(hanako, stored, on="2026-11-20")
    assert answer.status_code == 200
    page = main(answer)
    said = "メモに、特定の方の病名や健康の情報のように見える箇所が1つ、氏名のように見える箇所が1つあります。"
    assert page.count(said) == 2  # on top, and at the note
    assert "ご確認ください：メモに、" in page
    assert "エラー：" not in page
    assert "「佐藤」 氏名のように見えます 「適応障害」" in page.replace("\u3000", " ").replace("  ", " ")
    assert TICK in page
    assert '<a href="#contact_note">' in text(answer)
    assert f">\n{NOTE}</textarea>" in text(answer)
    assert 'value="2026-11-20"' in text(answer)
    assert re.search(r'value="telephone.out"[^>]* checked', text(answer))
    assert not Contact.objects.exists()


def test_with_the_tick_the_same_text_is_saved(stored: Consultation, hanako: User) -> None:
    found = TICKED.search(text(answer := write(hanako, stored)))
    assert found
    assert not found[1]
    again = NOTE.replace("\n", "\r\n")  # as a browser sends it
    assert saved(write(hanako, stored, again, not_personal="on", not_personal_for=mark(answer)), stored)
    assert list(reading.unseal(fresh(stored)).notes.values()) == [NOTE]


def test_what_is_left_in_a_note_after_the_warning_is_in_the_audit_by_kinds_and_counts(
    stored: Consultation, hanako: User
) -> None:
    given = {"not_personal": "on", "not_personal_for": mark(write(hanako, stored))}
    assert saved(write(hanako, stored, **given), stored)
    recorded = ("contact.recorded", "telephone.out, diagnosis=1, person_name=1")
    assert events(stored)[-1] == recorded
    assert saved(write(hanako, stored, "資料を送った。", **given), stored)
    assert events(stored)[-1] == ("contact.recorded", "telephone.out")
    answer = write(hanako, stored, "", version=1)
    told = "やり取りの記録（電話をかけて話した、メモに残した箇所：特定の方の病名や健康の情報1件、氏名1件）"
    assert told in main(answer)


def test_without_the_tick_it_is_asked_for_again(stored: Consultation, hanako: User) -> None:
    answer = write(hanako, stored, not_personal_for=mark(write(hanako, stored)))
    assert TICK in main(answer)
    assert not Contact.objects.exists()


def test_a_tick_is_good_for_its_text_alone(stored: Consultation, hanako: User) -> None:
    given = {"not_personal": "on", "not_personal_for": mark(write(hanako, stored))}
    other = write(hanako, stored, "佐藤さんは復職した。", **given)
    assert TICK in main(other)
    ticked = TICKED.search(text(other))
    assert ticked
    assert not ticked[1]
    assert mark(other) != given["not_personal_for"]
    forged = write(hanako, stored, not_personal="on", not_personal_for="0" * 64)
    assert not saved(forged, stored)
    assert saved(write(hanako, stored, "復職の手順を説明した。", **given), stored)


def test_a_tick_outlives_another_mistake_and_a_colleagues_change(stored: Consultation, hanako: User) -> None:
    given = {"not_personal": "on", "not_personal_for": mark(write(hanako, stored))}
    no_kind = write(hanako, stored, kind="", **given)
    assert "やり取りの種類を選んでください。" in main(no_kind)
    assert "メモに、" not in main(no_kind)
    state = State(Status.IN_PROGRESS, hanako, None)
    triage.set_state(stored.id, state, seen=1, by=hanako, at=NOW)
    outdated = write(hanako, stored, version=1, **given)
    assert "まだ保存していません" in main(outdated)
    for page in (no_kind, outdated):
        ticked = TICKED.search(text(page))
        assert ticked
        assert ticked[1]
        assert mark(page) == given["not_personal_for"]
    assert saved(write(hanako, stored, **given), stored)


@pytest.mark.parametrize(
    "note",
    [
        "鈴木様とお話しした。鈴木 一郎様の上長にも確認するとのこと。",
        "松下見本株式会社の人事部へ資料を送った。",
        "ichiro@example.jp に送付した。",
        "高橋から折り返した。次回は高橋花子が訪問する。",
        "見積りは同僚の渡辺さんが作る。",
        "メンタル不調の相談が年に3名ほどあるとのこと。",
        "自由記載に「氏名：■■」とあった方の件。",
        "",
    ],
)
def test_the_prospect_the_colleagues_and_talk_in_general_are_no_reason_to_warn(
    stored: Consultation, hanako: User, note: str
) -> None:
    member(*RECEPTION, last_name="渡辺", first_name="次郎")
    assert saved(write(hanako, stored, note), stored)


def test_who_works_on_it_is_no_reason_to_warn_also_when_they_have_left(
    stored: Consultation, hanako: User
) -> None:
    note = "前任の渡辺さんから引き継いだ。"
    assert notes.found(note, consultation=stored, by=hanako)
    gone = member(*RECEPTION, last_name="渡辺", first_name="次郎", is_active=False)
    Consultation.objects.update(assignee=gone)
    assert notes.found(note, consultation=fresh(stored), by=hanako) == []


@pytest.mark.parametrize(
    "guess", ["ichiro@example.jp へ送付した。", "鈴木 一郎様と話した。", "鈴木様から折り返しがあった。"]
)
def test_who_may_not_open_the_envelope_learns_from_no_warning_whose_it_is(
    stored: Consultation, hanako: User, guess: str
) -> None:
    closed = member(*(right for right in RECEPTION if right != "open_envelope"), last_name="田中")
    other = consultation(company_name="松下見本株式会社", contact_name="中村 次郎", email="jiro@example.jp")
    assert notes.found(guess, consultation=stored, by=hanako) == []
    asked = [notes.found(guess, consultation=each, by=closed) for each in (stored, other)]
    assert asked[0] == asked[1] != []
    assert TICK in main(write(closed, stored, guess))


def test_anothers_name_address_or_telephone_is(stored: Consultation, hanako: User) -> None:
    for note in ("佐藤さんの件。", "jiro.sato@example.jp へ送付した。", "本人の携帯は 090-0000-0042 です。"):
        assert TICK in main(write(hanako, stored, note)), note


def test_the_envelope_is_opened_for_nobody_to_read(stored: Consultation, hanako: User) -> None:
    write(hanako, stored)
    assert opened(stored) == 1  # the page that came again
    notes.found(NOTE, consultation=stored, by=hanako)
    assert opened(stored) == 1


def test_where_the_envelope_does_not_open_the_warning_and_the_message_come_all_the_same(
    stored: Consultation, hanako: User
) -> None:
    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    answer = write(hanako, stored)
    given = {"not_personal": "on", "not_personal_for": mark(answer)}
    assert "封を開けられないため、保存できませんでした" in main(write(hanako, stored, **given))


def test_nothing_of_the_warning_is_kept_anywhere(stored: Consultation, hanako: User) -> None:
    before = len(events(stored))
    answer = write(hanako, stored)
    assert len(events(stored)) == before + 1
    kept = str([session.get_decoded() for session in Session.objects.all()]) + answer.cookies.output()
    assert "佐藤" not in kept
    assert "佐藤" not in str(answer.headers)
    assert TICK not in main(get(client_of(hanako), stored))
