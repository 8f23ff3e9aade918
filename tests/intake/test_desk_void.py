"""第9条: taking a mistaken entry of the contact ledger back, on the page of one consultation."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from intake.choices import ContactKind
from intake.models import Consultation, Contact
from intake.services import contacts
from tests.intake.desk_page import NOW, Answer, consultation, events, get, main, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


def enter(stored: Consultation, by: User, day: int, kind: ContactKind = ContactKind.TELEPHONE_OUT) -> UUID:
    stored.refresh_from_db()
    return contacts.record(
        stored.id, kind=kind, on=date(2026, 11, day), note="聞き間違い", seen=stored.version, by=by, at=NOW
    )


def send_void(user: User, stored: Consultation, contact: UUID, **data: Any) -> Answer:
    return send(client_of(user), stored, f"contacts/{contact}/void/", **{"reason": "wrong_day", **data})


def test_an_entry_is_taken_back_with_its_reason_and_the_day_is_computed_anew(
    stored: Consultation, hanako: User
) -> None:
    enter(stored, hanako, 10)
    mistaken = enter(stored, hanako, 12)
    assert saved(send_void(hanako, stored, mistaken), stored)
    contact = Contact.objects.get(id=mistaken)
    assert (contact.void_reason, contact.voided_by, contact.voided_at) == ("wrong_day", hanako, NOW)
    stored.refresh_from_db()
    assert stored.last_contact_on == date(2026, 11, 10)
    assert events(stored)[-1] == ("contact.voided", "wrong_day")


def test_a_note_that_should_not_have_been_written_has_a_reason_with_which_it_goes(
    stored: Consultation, hanako: User
) -> None:
    mistaken = enter(stored, hanako, 12)
    page = main(get(client_of(hanako), stored))
    reasons = "「別の相談のものだった」か「メモの内容が誤っていた・書くべきでなかった」"
    assert f"{reasons}を選ぶと、メモは消え、元に戻せません。" in page
    send_void(hanako, stored, mistaken, reason="note")
    page = main(get(client_of(hanako), stored))
    assert "（理由：メモの内容が誤っていた・書くべきでなかった）" in page
    assert "聞き間違い" not in page


def test_it_stays_readable_and_is_struck_through_in_words_too(stored: Consultation, hanako: User) -> None:
    send_void(hanako, stored, enter(stored, hanako, 12))
    answer = get(client_of(hanako), stored)
    assert "取消し 電話をかけて話した 聞き間違い" in main(answer)
    assert "hanakoが2026年11月22日 12:00に取消し（理由：日付が違った）" in main(answer)
    assert "<del>電話をかけて話した</del>" in text(answer)
    assert "このやり取りを取り消す" not in main(answer)
    assert main(answer).count("最終接触日 ") == 2  # on top, and beside the submission


def test_the_page_says_beforehand_to_which_day_the_clock_goes_back(
    stored: Consultation, hanako: User
) -> None:
    enter(stored, hanako, 12)
    assert "取り消すと、最終接触日は2026年11月2日になります。" in main(get(client_of(hanako), stored))
    other = enter(stored, hanako, 12)  # either one holds the day now
    assert "取り消すと、最終接触日は" not in main(get(client_of(hanako), stored))
    send_void(hanako, stored, other)  # which holds nothing any more
    assert "取り消すと、最終接触日は2026年11月2日になります。" in main(get(client_of(hanako), stored))


def test_without_a_reason_nothing_is_taken_back_and_the_form_stands_open(
    stored: Consultation, hanako: User
) -> None:
    contact = enter(stored, hanako, 12)
    other = enter(stored, hanako, 13)
    answer = send_void(hanako, stored, contact, reason="")
    assert main(answer).count("取り消す理由を選んでください。") == 2
    page = text(answer)
    assert f'href="#void_{contact}_reason"' in page
    assert "<details open>" in page.split(f'id="void_{contact}"')[1].split(f'id="void_{other}"')[0]
    assert page.count("<details open>") == 1
    assert not Contact.objects.exclude(voided_at=None).exists()


def test_an_invented_reason_is_refused(stored: Consultation, hanako: User) -> None:
    answer = send_void(hanako, stored, enter(stored, hanako, 12), reason="試験 太郎")
    assert "取り消す理由は、選択肢の中から選んでください。" in main(answer)


def test_what_was_taken_back_is_not_taken_back_again(stored: Consultation, hanako: User) -> None:
    contact = enter(stored, hanako, 12)
    send_void(hanako, stored, contact)
    answer = send_void(hanako, stored, contact, reason="twice")
    assert "このやり取りは、すでに取り消されています。" in main(answer)
    assert f'href="#void_{contact}"' in text(answer)
    assert f'id="void_{contact}"' in text(answer)
    assert Contact.objects.get().void_reason == "wrong_day"


def test_an_entry_is_reached_through_its_own_consultation_only(stored: Consultation, hanako: User) -> None:
    contact = enter(stored, hanako, 12)
    assert send_void(hanako, consultation(), contact).status_code == 404
    assert send_void(hanako, stored, uuid4()).status_code == 404
    assert Contact.objects.get().voided_at is None


@pytest.mark.parametrize("rights", [VIEWER, ("view_consultation", "open_envelope"), ("triage",)])
def test_who_may_not_work_on_consultations_cannot_send_it(
    stored: Consultation, hanako: User, rights: tuple[str, ...]
) -> None:
    contact = enter(stored, hanako, 12)
    assert send_void(member(*rights), stored, contact).status_code == 403
    assert Contact.objects.get().voided_at is None
