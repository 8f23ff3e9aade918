"""2-1: status, assignee and next action, set on the page of one consultation."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from intake.choices import Status
from intake.models import Consultation
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
    said,
    saved,
    send,
    text,
)
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


def send_state(user: User, stored: Consultation, **data: Any) -> Answer:
    """The form as the page fills it, but for what `data` says."""
    stored.refresh_from_db()
    shown = {
        "status": stored.status,
        "assignee": stored.assignee_id or "",
        "next_action_on": stored.next_action_on or "",
    }
    initial = {f"initial-{name}": value for name, value in shown.items()}
    return send(client_of(user), stored, "state/", **{**initial, **shown, **data})


def changes(stored: Consultation) -> list[tuple[str, str]]:
    return [each for each in events(stored) if each[0].startswith("consultation.")][1:]


def test_what_was_chosen_is_written_and_each_change_is_an_entry(stored: Consultation, hanako: User) -> None:
    answer = send_state(hanako, stored, status="met", assignee=hanako.pk, next_action_on="2026-12-01")
    assert saved(answer, stored)
    stored.refresh_from_db()
    assert (stored.status, stored.assignee, stored.next_action_on) == ("met", hanako, date(2026, 12, 1))
    assert changes(stored) == [
        ("consultation.advanced", "new, met"),
        ("consultation.assigned", f"-, user {hanako.pk}"),
        ("consultation.planned", "-, 2026-12-01"),
    ]
    assert said(client_of(hanako), stored) == []


def test_the_message_names_what_was_changed(stored: Consultation, hanako: User) -> None:
    client = client_of(hanako)
    send(client, stored, "state/", status="in_progress", assignee=hanako.pk)
    assert said(client, stored) == ["状態、担当者を変更しました。"]
    send(client, stored, "state/", status="in_progress", assignee=hanako.pk)
    assert said(client, stored) == ["変更はありませんでした。"]


def test_the_select_offers_the_present_status_and_what_may_follow(stored: Consultation, hanako: User) -> None:
    page = text(get(client_of(hanako), stored))
    offered = page.split('name="status"')[1].split("</select>")[0]
    assert [value for value in Status.values if f'value="{value}"' in offered] == [
        each for each in Status.values if each != "won"
    ]
    assert 'value="new" selected' in offered


def test_a_status_that_may_not_follow_is_refused_by_name(stored: Consultation, hanako: User) -> None:
    answer = send_state(hanako, stored, status="won")
    assert answer.status_code == 200
    assert "エラー：状態を「新規」から「成約」へは変えられません。" in main(answer)
    assert 'href="#state_status"' in text(answer)
    assert changes(stored) == [("consultation.opened", "")]  # the page that was shown again


def test_a_button_makes_the_consultation_mine_and_keeps_what_else_was_chosen(
    stored: Consultation, hanako: User
) -> None:
    assert "自分を担当者にして保存する" in main(get(client_of(hanako), stored))
    answer = send_state(hanako, stored, status="in_progress", mine="on")
    assert saved(answer, stored)
    stored.refresh_from_db()
    assert (stored.status, stored.assignee) == ("in_progress", hanako)
    assert "自分を担当者にして保存する" not in main(get(client_of(hanako), stored))


def test_who_cannot_be_assigned_gets_no_button_and_no_way_round_it(stored: Consultation) -> None:
    chief = User.objects.create_superuser("chief")  # is there for set-up, and no consultation's assignee
    assert "自分を担当者にして保存する" not in main(get(client_of(chief), stored))
    answer = send_state(chief, stored, mine="on")
    assert "担当者は、選択肢の中から選んでください。" in main(answer)
    stored.refresh_from_db()
    assert stored.assignee is None


def test_only_who_works_on_consultations_can_be_chosen(stored: Consultation, hanako: User) -> None:
    viewer = member(*VIEWER, last_name="viewer")
    page = text(get(client_of(hanako), stored)).split('name="assignee"')[1].split("</select>")[0]
    assert "hanako" in page
    assert "viewer" not in page
    assert send_state(hanako, stored, assignee=viewer.pk).status_code == 200
    stored.refresh_from_db()
    assert stored.assignee is None


def test_an_assignee_who_left_stays_until_somebody_else_is_chosen(stored: Consultation, hanako: User) -> None:
    leaver = member(*RECEPTION, last_name="leaver")
    triage.set_state(stored.id, State(Status.NEW, leaver, None), seen=1, by=hanako, at=NOW)
    leaver.is_active = False
    leaver.save()
    assert saved(send_state(hanako, stored, status="in_progress"), stored)
    stored.refresh_from_db()
    assert stored.assignee == leaver
    assert saved(send_state(hanako, stored, assignee=""), stored)
    stored.refresh_from_db()
    assert stored.assignee is None


def test_who_loses_the_right_meanwhile_is_refused_with_a_message(
    stored: Consultation, hanako: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **named: object) -> None:
        raise triage.NotAssignable

    monkeypatch.setattr(triage, "set_state", refuse)
    answer = send_state(hanako, stored, assignee=hanako.pk)
    assert "この方は、いまは担当者にできません。" in main(answer)


@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True), (1, True)])
def test_nobody_plans_for_a_day_that_has_passed(
    stored: Consultation, hanako: User, days: int, is_taken: bool
) -> None:
    answer = send_state(hanako, stored, next_action_on=(TODAY + timedelta(days=days)).isoformat())
    assert saved(answer, stored) is is_taken
    if not is_taken:
        assert "次の対応日には、今日以降の日付を入力してください。" in main(answer)
        assert 'value="2026-11-21"' in text(answer)


def test_a_day_that_passed_may_stay_while_something_else_changes(stored: Consultation, hanako: User) -> None:
    late = State(Status.NEW, None, TODAY - timedelta(days=3))
    triage.set_state(stored.id, late, seen=1, by=hanako, at=NOW)
    assert saved(send_state(hanako, stored, status="in_progress"), stored)
    stored.refresh_from_db()
    assert stored.next_action_on == TODAY - timedelta(days=3)


@pytest.mark.parametrize("typed", ["2026/12/1", "2026年12月1日", "２０２６．１２．１", " 2026-12-01 "])
def test_a_day_is_understood_as_people_type_it(stored: Consultation, hanako: User, typed: str) -> None:
    assert saved(send_state(hanako, stored, next_action_on=typed), stored)
    stored.refresh_from_db()
    assert stored.next_action_on == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["2026-02-29", "あした", "12/1", "99999-01-01"])
def test_what_is_no_day_is_refused_and_kept(stored: Consultation, hanako: User, typed: str) -> None:
    answer = send_state(hanako, stored, next_action_on=typed)
    assert "次の対応日は、2026/7/1 のように、実際にある日付を入力してください。" in main(answer)
    assert f'value="{typed}"' in text(answer)


def test_a_closing_status_takes_the_next_action_away(stored: Consultation, hanako: User) -> None:
    assert saved(send_state(hanako, stored, status="declined", next_action_on="2026-12-01"), stored)
    stored.refresh_from_db()
    assert (stored.status, stored.next_action_on) == ("declined", None)


@pytest.mark.parametrize("rights", [VIEWER, ("view_consultation", "open_envelope"), ("triage",)])
def test_who_may_not_work_on_consultations_cannot_send_it(
    stored: Consultation, rights: tuple[str, ...]
) -> None:
    assert send_state(member(*rights), stored, status="met").status_code == 403
    stored.refresh_from_db()
    assert (stored.status, stored.version) == ("new", 1)
    assert opened(stored) == 0


def test_its_address_typed_by_hand_leads_to_the_page(stored: Consultation, hanako: User) -> None:
    assert saved(get(client_of(hanako), stored, "state/"), stored)
