"""2-1: two members of staff on one page: whoever saves second is told what changed, and loses nothing typed."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from intake.choices import Status
from intake.models import Consultation, Contact
from intake.services import triage
from intake.services.triage import State
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

NOTE = "折り返しは午後。\n次回は12月。"
SHOWN = {"initial-status": "new", "initial-assignee": "", "initial-next_action_on": ""}


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


@pytest.fixture
def jiro() -> User:
    return member(*RECEPTION, last_name="jiro")


def colleague_saves(stored: Consultation, jiro: User, **state: Any) -> None:
    """Jiro, meanwhile."""
    state = {"status": Status.IN_PROGRESS, "assignee": jiro, "next_action_on": None, **state}
    triage.set_state(stored.id, State(**state), seen=1, by=jiro, at=NOW)


def late(user: User, stored: Consultation, address: str, **data: Any) -> Answer:
    """Sent from a page that was opened before the colleague saved."""
    return send(client_of(user), stored, address, version=1, **data)


def select(answer: Answer, name: str) -> str:
    """The value that a select of the page has."""
    options = text(answer).split(f'name="{name}"')[1].split("</select>")[0].split("<option")
    chosen = [option.split('value="')[1].split('"')[0] for option in options if " selected" in option]
    assert len(chosen) == 1
    return chosen[0]


def test_who_saves_second_is_told_who_changed_what_and_nothing_is_written(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro)
    answer = late(hanako, stored, "contacts/", kind="email.in", on=TODAY, note=NOTE)
    assert answer.status_code == 200
    page = main(answer)
    assert "まだ保存していません" in page
    assert "11月22日 12:00 jiro：状態の変更（新規 → 対応中）、担当者の変更（なし → jiro）" in page
    assert "あなた" not in page
    assert not Contact.objects.exists()


def test_the_page_is_shown_fresh_with_all_that_was_typed_and_a_second_press_saves(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro)
    answer = late(hanako, stored, "contacts/", kind="email.in", on="2026-11-20", note=NOTE)
    page = text(answer)
    assert "対応中" in main(answer).split("やり取りの記録")[0]
    assert f">\n{NOTE}</textarea>" in page
    assert 'value="2026-11-20"' in page
    assert 'value="email.in" id="contact_kind_0" checked' in page
    assert 'name="version" value="2"' in page
    assert 'name="version" value="1"' not in page
    again = send(
        client_of(hanako), stored, "contacts/", version=2, kind="email.in", on="2026-11-20", note=NOTE
    )
    assert saved(again, stored)
    assert Contact.objects.get().on == date(2026, 11, 20)


def test_a_field_that_nobody_touched_follows_the_colleague(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro)
    sent = {"status": "new", "assignee": "", "next_action_on": "2026-12-01"}  # the day alone was touched
    answer = late(hanako, stored, "state/", **SHOWN, **sent)
    assert (select(answer, "status"), select(answer, "assignee")) == ("in_progress", str(jiro.pk))
    assert 'value="2026-12-01"' in text(answer)
    assert 'name="initial-status" value="in_progress"' in text(answer)
    assert 'name="initial-next_action_on" aria' in text(
        answer
    )  # no value: the day is still planned by nobody


def test_a_field_that_both_touched_keeps_what_the_second_typed(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro, next_action_on=TODAY)
    sent = {"status": "met", "assignee": hanako.pk, "next_action_on": ""}
    answer = late(hanako, stored, "state/", **SHOWN, **sent)
    assert (select(answer, "status"), select(answer, "assignee")) == ("met", str(hanako.pk))
    assert 'name="next_action_on" value="2026-11-22"' in text(answer)  # untouched: the colleague's


def test_a_status_that_may_not_follow_any_more_is_told_and_not_offered(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro, status=Status.DECLINED)
    sent = {"status": "met", "assignee": "", "next_action_on": ""}
    answer = late(hanako, stored, "state/", **SHOWN, **sent)
    assert "状態を「見送り」から「面談済」へは変えられません。" in main(answer)
    assert select(answer, "status") == "declined"


def test_taking_it_on_second_does_not_take_it_from_the_first(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro)
    answer = late(hanako, stored, "state/", **SHOWN, status="new", assignee="", next_action_on="", mine="on")
    assert "jiro：状態の変更（新規 → 対応中）、担当者の変更（なし → jiro）" in main(answer)
    stored.refresh_from_db()
    assert stored.assignee == jiro


def test_a_fault_in_the_form_does_not_hide_the_colleagues_change(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    colleague_saves(stored, jiro)
    answer = late(hanako, stored, "contacts/", kind="", on=TODAY, note=NOTE)
    assert "jiro：状態の変更" in main(answer)
    assert "やり取りの種類を選んでください。" in main(answer)


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("bounced/", {}),
        ("address/correct/", {"email": "jiro@example.jp"}),
        ("state/", {**SHOWN, "status": "met", "assignee": "", "next_action_on": ""}),
        ("contacts/", {"kind": "email.in", "on": TODAY, "note": ""}),
    ],
)
def test_every_form_is_told(
    stored: Consultation, hanako: User, jiro: User, address: str, data: dict[str, Any]
) -> None:
    colleague_saves(stored, jiro)
    before = len(events(stored))
    assert "jiro：状態の変更" in main(late(hanako, stored, address, **data))
    assert events(stored)[before:] == [("consultation.opened", "")]


def test_the_corrected_address_is_kept_typed(stored: Consultation, hanako: User, jiro: User) -> None:
    colleague_saves(stored, jiro)
    answer = late(hanako, stored, "address/correct/", email="hanako@example.jp")
    assert 'value="hanako@example.jp"' in text(answer)
    assert "<details open>" in text(answer).split('id="address"')[1]


def test_two_who_take_the_same_entry_back_find_it_taken_back(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    send(client_of(jiro), stored, "contacts/", kind="email.in", on=TODAY, note="")
    contact = Contact.objects.get()
    send(client_of(jiro), stored, f"contacts/{contact.id}/void/", reason="twice")
    answer = send(client_of(hanako), stored, f"contacts/{contact.id}/void/", reason="never_was", version=2)
    assert "jiro：やり取りの記録（メール・書面が届いた）、やり取りの取消し（二重に記録した）" in main(answer)
    assert f'<a href="#void_{contact.id}">' in text(answer)
    assert f'id="void_{contact.id}"' in text(answer)
    assert Contact.objects.get().void_reason == "twice"


def test_a_second_press_is_told_that_the_first_one_has_saved(stored: Consultation, hanako: User) -> None:
    pressed = {"kind": "email.in", "on": TODAY, "note": NOTE}
    assert saved(send(client_of(hanako), stored, "contacts/", version=1, **pressed), stored)
    page = main(late(hanako, stored, "contacts/", **pressed))
    assert "hanako（あなた）：やり取りの記録（メール・書面が届いた）" in page
    assert "二重に記録しないよう" in page
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("version", ["", "-1", "0", "1.0", "１", "x", "99999999999999999999", "3"])
def test_a_version_that_no_page_showed_saves_nothing(
    stored: Consultation, hanako: User, version: str
) -> None:
    answer = send(client_of(hanako), stored, "contacts/", kind="email.in", on=TODAY, version=version)
    assert "まだ保存していません" in main(answer)
    assert not Contact.objects.exists()


def test_each_page_that_was_shown_is_one_entry(stored: Consultation, hanako: User, jiro: User) -> None:
    get(client_of(hanako), stored)
    assert opened(stored) == 1
    colleague_saves(stored, jiro)
    late(hanako, stored, "contacts/", kind="email.in", on=TODAY, note=NOTE)  # shown again
    assert opened(stored) == 2
    send(client_of(hanako), stored, "contacts/", kind="email.in", on=TODAY, note=NOTE)  # led to the page
    assert opened(stored) == 2


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_two_at_the_same_moment_one_saves_and_the_other_is_told(
    stored: Consultation, hanako: User, jiro: User
) -> None:
    clients, start, answers = [client_of(hanako), client_of(jiro)], Barrier(2), []

    def press(number: int) -> None:
        try:
            start.wait()
            answers.append(
                send(clients[number], stored, "contacts/", version=1, kind="email.in", on=TODAY, note=NOTE)
            )
        finally:
            connection.close()

    threads = [Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Contact.objects.count() == 1
