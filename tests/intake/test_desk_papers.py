"""2-1, 2-3: the hearing sheet, and the data of the connection, each on a page of its own."""

from datetime import timedelta

import pytest

from intake.choices import QUESTIONS
from intake.models import Consultation
from intake.services.technical import Technical
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.intake.desk_page import NOW, consultation, events, get, main, opened, said, saved, send
from tests.intake.desk_page import noon as noon
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

ORIGIN = Technical("192.0.2.7", "Mozilla/5.0 (試験)")
SHOW = "接続元の情報を表示する"


@pytest.fixture
def stored() -> Consultation:
    return consultation(origin=ORIGIN)


def test_the_sheet_holds_every_question_in_order_with_its_answer(stored: Consultation) -> None:
    user = member(*RECEPTION, last_name="hanako")
    page = main(get(client_of(user), stored, "sheet/"))
    places = [page.index(f" {question.label} ") for question in QUESTIONS]
    assert places == sorted(places)
    for shown in (
        stored.reference,
        "300〜999名",
        "試験 太郎",
        "taro@example.jp",
        "2026年11月22日 12:00 hanako",
    ):
        assert shown in page
    assert "未回答 □訪問が必要 □訪問は不要 □場合による" in page  # to be ticked at the meeting


def test_the_audit_says_that_the_sheet_was_shown(stored: Consultation) -> None:
    get(client_of(member(*RECEPTION)), stored, "sheet/")
    assert events(stored)[1:] == [("consultation.printed", "")]


def test_the_sheet_is_for_those_who_may_open_the_envelope(stored: Consultation) -> None:
    for rights in (VIEWER, ("view_consultation", "triage"), ("open_envelope",)):
        assert get(client_of(member(*rights)), stored, "sheet/").status_code == 403
    assert len(events(stored)) == 1


def test_a_sheet_whose_envelope_does_not_open_says_so(stored: Consultation) -> None:
    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    page = main(get(client_of(member(*RECEPTION)), stored, "sheet/"))
    assert "個人情報の封を開けませんでした" in page
    assert page.count("（開けませんでした）") == 6


def test_the_connection_is_shown_after_a_press_with_an_entry_and_the_envelope_stays_closed(
    stored: Consultation,
) -> None:
    client = client_of(member(*PRIVACY_OFFICER))
    page = main(send(client, stored, "technical/"))
    assert "IPアドレス 192.0.2.7 ブラウザーの名前 Mozilla/5.0 (試験)" in page
    assert "から30日で消去します" in page
    entry = AuditEntry.objects.get(event="technical.opened")
    assert (entry.subject_id, entry.subject_kind) == (stored.id, "intake.technical")
    assert opened(stored) == 0


def test_following_a_link_to_the_connection_opens_nothing(stored: Consultation) -> None:
    client = client_of(member(*PRIVACY_OFFICER))
    assert saved(get(client, stored, "technical/"), stored)
    assert said(client, stored) == [f"もう一度「{SHOW}」を押してください。"]
    assert not AuditEntry.objects.filter(event="technical.opened").exists()


def test_the_connection_is_for_those_alone_who_may_know_it(stored: Consultation) -> None:
    for rights in (VIEWER, RECEPTION, ("open_technical",)):
        assert send(client_of(member(*rights)), stored, "technical/").status_code == 403
    assert not AuditEntry.objects.filter(event="technical.opened").exists()


@pytest.mark.parametrize(
    ("days", "words"), [(29, "記録がありません"), (30, "記録がありません"), (31, "消去済みです")]
)
def test_where_there_is_none_the_page_says_whether_it_was_erased(days: int, words: str) -> None:
    stored = consultation(at=NOW - timedelta(days=days))
    client = client_of(member(*PRIVACY_OFFICER))
    page = main(get(client, stored))
    assert words in page
    assert SHOW not in page
    assert "消去済みか、記録がありません" in main(send(client, stored, "technical/"))
    get(client, stored, "technical/")
    assert said(client, stored) == []


def test_a_connection_whose_envelope_does_not_open_is_said_so(stored: Consultation) -> None:
    envelopes.destroy(kind="intake.technical", record_ids=[stored.id])
    page = main(send(client_of(member(*PRIVACY_OFFICER)), stored, "technical/"))
    assert "接続元の情報の封を開けませんでした" in page
    assert not AuditEntry.objects.filter(event="technical.opened").exists()
