"""第9条: recording contacts on the page of one consultation, and the ledger as it is shown there."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from intake.choices import ContactKind
from intake.models import Consultation, Contact
from intake.rules.contacts import COUNTS
from intake.services import reading
from safeguards.services import envelopes
from tests.intake.desk import contact
from tests.intake.desk_page import NOW, TODAY, Answer, consultation, events, get, main, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

NOTE = "折り返しは午後。\n　<b>次回</b>は12月。"
RECEIVED_ON = date(2026, 11, 2)


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


def send_contact(user: User, stored: Consultation, **data: Any) -> Answer:
    return send(
        client_of(user), stored, "contacts/", **{"kind": "telephone.out", "on": TODAY, "note": "", **data}
    )


def test_a_contact_is_entered_with_its_note_sealed_and_sets_the_clock(
    stored: Consultation, hanako: User
) -> None:
    assert saved(send_contact(hanako, stored, note=NOTE, on="2026-11-20"), stored)
    contact = stored.contacts.get()
    assert (contact.kind, contact.on, contact.recorded_by) == ("telephone.out", date(2026, 11, 20), hanako)
    assert NOTE.encode() not in bytes(contact.note or b"")
    stored.refresh_from_db()
    assert stored.last_contact_on == date(2026, 11, 20)
    assert reading.unseal(stored).notes == {contact.id: NOTE}
    assert events(stored)[-1] == ("contact.recorded", "telephone.out")


def test_every_kind_stands_under_the_words_that_say_whether_it_sets_the_clock(
    stored: Consultation, hanako: User
) -> None:
    page = text(get(client_of(hanako), stored)).split("</fieldset>")[0]
    counting, others = page.split("最終接触日が進むもの")[1].split("最終接触日が変わらないもの")
    for kind, counts in COUNTS.items():
        assert (f'value="{kind.value}"' in counting) is counts
        assert (f'value="{kind.value}"' in others) is not counts


def test_today_is_filled_in_and_no_kind_is_chosen(stored: Consultation, hanako: User) -> None:
    page = text(get(client_of(hanako), stored))
    assert re.search(r'name="on" value="2026-11-22"', page)
    assert not re.search(r'name="kind"[^>]*checked', page)


def test_what_is_missing_or_wrong_is_told_all_at_once_and_everything_typed_is_kept(
    stored: Consultation, hanako: User
) -> None:
    answer = send_contact(hanako, stored, kind="", on="2026-11-23", note=NOTE)
    assert answer.status_code == 200
    page = text(answer)
    for message, target in (
        ("やり取りの種類を選んでください。", "contact_kind_0"),
        (
            "日付は、受付日（2026年11月2日）から今日（2026年11月22日）までのあいだで入力してください。",
            "contact_on",
        ),
    ):
        assert f'<a href="#{target}">{message}</a>' in page
        assert f'id="{target}"' in page
        assert main(answer).count(message) == 2  # on top and beside the field
    assert f">\n{NOTE}</textarea>" in page
    assert 'value="2026-11-23"' in page
    assert page.split("<title>")[1].startswith("エラー: ")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("on", "is_taken"),
    [
        (RECEIVED_ON - timedelta(days=1), False),
        (RECEIVED_ON, True),
        (RECEIVED_ON + timedelta(days=1), True),
        (TODAY - timedelta(days=1), True),
        (TODAY, True),
        (TODAY + timedelta(days=1), False),
    ],
)
def test_a_contact_was_between_the_submission_and_today(
    stored: Consultation, hanako: User, on: date, is_taken: bool
) -> None:
    assert saved(send_contact(hanako, stored, on=on), stored) is is_taken
    assert stored.contacts.exists() is is_taken


@pytest.mark.parametrize(("length", "is_taken"), [(1999, True), (2000, True), (2001, False)])
def test_a_note_holds_two_thousand_characters_line_ends_as_one(
    stored: Consultation, hanako: User, length: int, is_taken: bool
) -> None:
    note = "𠮷\r\n" * (length // 2) + "𠮷" * (length % 2)
    answer = send_contact(hanako, stored, note=note)
    assert saved(answer, stored) is is_taken
    if not is_taken:
        assert "メモは2,000文字以内で入力してください（いま2,001文字です）。" in main(answer)


def test_a_note_with_control_characters_is_refused(stored: Consultation, hanako: User) -> None:
    answer = send_contact(hanako, stored, note="右から\u202e左へ")
    assert "メモに、使えない文字（制御文字）が含まれています。" in main(answer)


def test_an_unknown_kind_is_refused(stored: Consultation, hanako: User) -> None:
    answer = send_contact(hanako, stored, kind="dream")
    assert "やり取りの種類は、選択肢の中から選んでください。" in main(answer)


def test_a_note_is_shown_with_its_lines_as_text_never_as_markup(stored: Consultation, hanako: User) -> None:
    send_contact(hanako, stored, note=NOTE)
    page = get(client_of(hanako), stored).content.decode()
    assert (
        f'<div class="desk-note desk-typed">{NOTE}</div>'.replace("<b>次回</b>", "&lt;b&gt;次回&lt;/b&gt;")
        in page
    )


def test_a_note_is_read_by_those_alone_who_may_open_the_envelope(stored: Consultation, hanako: User) -> None:
    send_contact(hanako, stored, note="秘密の約束")
    for rights, is_read in ((RECEPTION, True), (VIEWER, False), (("view_consultation", "triage"), False)):
        assert ("秘密の約束" in main(get(client_of(member(*rights)), stored))) is is_read


def test_the_note_is_in_no_log_of_django_no_message_and_no_session(
    stored: Consultation, hanako: User
) -> None:
    client = client_of(hanako)
    answer = send(client, stored, "contacts/", kind="email.in", on=TODAY, note="秘密の約束")
    assert saved(answer, stored)
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert "秘密の約束" not in str((kept, answer.cookies.output(), client.cookies.output()))
    assert [str(message) for message in get(client, stored).context["messages"]] == [
        "やり取りを記録しました。"
    ]
    assert not LogEntry.objects.exists()


def test_the_submission_is_the_ledgers_first_line_and_the_first_contact(
    stored: Consultation, hanako: User
) -> None:
    lines = main(get(client_of(hanako), stored)).split("やり取りの記録 ")[1]
    assert lines.startswith("2026年11月2日 無料相談フォームからのお申し込み 最終接触日 ")


def test_the_ledger_marks_the_one_entry_that_sets_the_day(stored: Consultation, hanako: User) -> None:
    for kind, on in (
        ("email.in", "2026-11-10"),
        ("telephone.out", "2026-11-12"),
        ("email.out", "2026-11-20"),
    ):
        send_contact(hanako, stored, kind=kind, on=on)
    ledger = main(get(client_of(hanako), stored)).split("やり取りの記録 ")[1].split("お申し込みの内容")[0]
    assert ledger.count("最終接触日 ") == 1
    assert "2026年11月12日 電話をかけて話した 最終接触日 " in ledger
    assert "2026年11月20日 メール・書面を送った （最終接触日は変わりません）" in ledger
    places = [ledger.index(day) for day in ("11月2日", "11月10日", "11月12日", "11月20日")]
    assert places == sorted(places)


def test_of_two_entries_on_the_day_the_later_one_is_marked(stored: Consultation, hanako: User) -> None:
    contact(stored, ContactKind.EMAIL_IN, by=hanako, on=TODAY, at=NOW - timedelta(hours=2))
    contact(stored, ContactKind.TELEPHONE_IN, by=hanako, on=TODAY, at=NOW - timedelta(hours=1))
    ledger = main(get(client_of(hanako), stored)).split("やり取りの記録 ")[1].split("お申し込みの内容")[0]
    assert "電話を受けた 最終接触日 " in ledger
    assert ledger.count("最終接触日 ") == 1


@pytest.mark.parametrize("rights", [VIEWER, ("view_consultation", "open_envelope"), ("triage",)])
def test_who_may_not_work_on_consultations_cannot_send_it(
    stored: Consultation, rights: tuple[str, ...]
) -> None:
    assert send_contact(member(*rights), stored).status_code == 403
    assert not Contact.objects.exists()


def test_when_the_envelope_does_not_open_the_note_is_not_lost(stored: Consultation, hanako: User) -> None:

    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    answer = send_contact(hanako, stored, note=NOTE)
    assert "封を開けられないため、保存できませんでした" in main(answer)
    assert f">\n{NOTE}</textarea>" in text(answer)
    assert not Contact.objects.exists()


def test_a_consultation_that_was_erased_meanwhile_gives_the_note_back(
    stored: Consultation, hanako: User
) -> None:
    Consultation.objects.all().delete()
    answer = send(client_of(hanako), stored, "contacts/", kind="email.in", on=TODAY, note=NOTE, version=1)
    assert answer.status_code == 404
    assert "この相談は、消去されたか、アドレスが間違っています。" in main(answer)
    assert NOTE in text(answer)
    assert "<b>次回</b>" not in answer.content.decode()


def test_every_kind_can_be_recorded(stored: Consultation, hanako: User) -> None:
    for kind in ContactKind:
        assert saved(send_contact(hanako, stored, kind=kind.value), stored)
    assert set(stored.contacts.values_list("kind", flat=True)) == set(ContactKind.values)
