"""2-1: status, assignee and next action — one service writes them, an audit entry for each, or nothing at all."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError
from pytest_django.fixtures import Settings

from intake.choices import Status
from intake.models import Consultation
from intake.rules.progress import CLOSED
from intake.services import triage
from intake.services.triage import State
from safeguards.models import AuditEntry
from safeguards.services.audit import Event
from tests.intake.desk import AT, entries, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(databases="__all__")

LATER = AT + timedelta(days=1)
MONDAY = date(2026, 11, 30)


def state(consultation: Consultation, **changes: Any) -> State:
    """The state as it stands, with these changes."""
    present = fresh(consultation)
    values = {
        "status": Status(present.status),
        "assignee": present.assignee,
        "next_action_on": present.next_action_on,
    }
    return State(**values | changes)


def change(consultation: Consultation, *, by: User, **changes: Any) -> list[Event]:
    """Press the button on a page that is up to date."""
    seen = fresh(consultation).version
    return triage.set_state(consultation.id, state(consultation, **changes), seen=seen, by=by, at=LATER)


def columns(consultation: Consultation) -> tuple[object, ...]:
    now = fresh(consultation)
    return now.status, now.assignee, now.next_action_on, now.version


def test_a_new_status_is_written_with_its_entry() -> None:
    one, by = stored(), member()
    assert change(one, by=by, status=Status.IN_PROGRESS) == [Event.CONSULTATION_ADVANCED]
    assert columns(one) == ("in_progress", None, None, 2)
    assert entries(one.id) == [("consultation.advanced", "new, in_progress", by.pk)]
    assert AuditEntry.objects.get(event="consultation.advanced").at == LATER


def test_an_assignee_is_written_with_ids_alone_in_its_entry() -> None:
    one, by, first, second = stored(), member(), member("triage"), member("triage")
    assert change(one, by=by, assignee=first) == [Event.CONSULTATION_ASSIGNED]
    assert change(one, by=by, assignee=second) == [Event.CONSULTATION_ASSIGNED]
    assert change(one, by=by, assignee=None) == [Event.CONSULTATION_ASSIGNED]
    assert columns(one) == ("new", None, None, 4)
    assert [label for _, label, _ in entries(one.id)] == [
        f"-, user {first.pk}",
        f"user {first.pk}, user {second.pk}",
        f"user {second.pk}, -",
    ]


def test_a_day_for_the_next_action_is_written_with_its_entry() -> None:
    one, by = stored(), member()
    assert change(one, by=by, next_action_on=MONDAY) == [Event.CONSULTATION_PLANNED]
    assert change(one, by=by, next_action_on=None) == [Event.CONSULTATION_PLANNED]
    assert columns(one) == ("new", None, None, 3)
    assert [(event, label) for event, label, _ in entries(one.id)] == [
        ("consultation.planned", "-, 2026-11-30"),
        ("consultation.planned", "2026-11-30, -"),
    ]


def test_several_at_once_are_one_version_and_an_entry_each() -> None:
    one, by, worker = stored(), member(), member("triage")
    events = change(one, by=by, status=Status.MEETING_SET, assignee=worker, next_action_on=MONDAY)
    assert events == [
        Event.CONSULTATION_ADVANCED,
        Event.CONSULTATION_ASSIGNED,
        Event.CONSULTATION_PLANNED,
    ]
    assert columns(one) == ("meeting_set", worker, MONDAY, 2)
    assert [event for event, _, _ in entries(one.id)] == [str(event) for event in events]


def test_nothing_changed_is_nothing_written() -> None:
    one, by, worker = stored(), member(), member("triage")
    change(one, by=by, status=Status.MET, assignee=worker, next_action_on=MONDAY)
    before, said = columns(one), AuditEntry.objects.count()
    assert change(one, by=by) == []
    assert (columns(one), AuditEntry.objects.count()) == (before, said)


@pytest.mark.parametrize("closed", CLOSED)
def test_closing_takes_the_next_action_away_even_one_that_is_typed_with_it(closed: Status) -> None:
    one, by = stored(), member()
    change(one, by=by, status=Status.IN_PROGRESS, next_action_on=MONDAY)
    events = change(one, by=by, status=closed, next_action_on=MONDAY + timedelta(days=7))
    assert events == [Event.CONSULTATION_ADVANCED, Event.CONSULTATION_PLANNED]
    assert columns(one) == (closed, None, None, 3)
    assert entries(one.id)[-1][:2] == ("consultation.planned", "2026-11-30, -")
    assert change(one, by=by, next_action_on=MONDAY) == []


@pytest.mark.parametrize("closed", CLOSED)
def test_the_database_refuses_a_closed_consultation_with_a_next_action(closed: Status) -> None:
    one = stored()
    with pytest.raises(IntegrityError, match="consultation_closed_is_done"):
        Consultation.objects.filter(id=one.id).update(status=closed, next_action_on=MONDAY)


def test_the_database_refuses_a_status_that_nobody_named() -> None:
    one = stored()
    with pytest.raises(IntegrityError, match="consultation_status_known"):
        Consultation.objects.filter(id=one.id).update(status="invented")


def refusals(one: Consultation, by: User) -> Iterable[tuple[type[Exception], int, State]]:
    """Every reason to refuse, each with changes beside it that would be fine."""
    right = state(one, next_action_on=MONDAY)
    yield triage.Outdated, 2, right
    yield triage.Outdated, 0, right
    yield triage.TransitionRefused, 1, State(Status.WON, member("triage"), MONDAY)
    yield triage.NotAssignable, 1, State(Status.IN_PROGRESS, by, MONDAY)


@pytest.mark.parametrize("number", range(4))
def test_a_refusal_writes_nothing(number: int) -> None:
    one, by = stored(), member()
    why, seen, wanted = list(refusals(one, by))[number]
    with pytest.raises(why):
        triage.set_state(one.id, wanted, seen=seen, by=by, at=LATER)
    assert columns(one) == ("new", None, None, 1)
    assert entries(one.id) == []


def test_a_consultation_that_is_gone_is_said_so_and_leaves_no_entry() -> None:
    one, by = stored(), member()
    wanted = state(one, status=Status.IN_PROGRESS)
    fresh(one).delete()
    with pytest.raises(Consultation.DoesNotExist):
        triage.set_state(one.id, wanted, seen=1, by=by, at=LATER)
    assert entries(one.id) == []


def assignable_by_group() -> User:
    group = Group.objects.create(name="試験")
    group.permissions.add(Permission.objects.get(codename="triage"))
    user = member()
    user.groups.add(group)
    return user


def test_assignable_is_who_is_active_and_has_the_right_by_role_or_by_hand() -> None:
    by_hand, by_role = member("triage", "open_envelope"), assignable_by_group()
    for stranger in (
        {"is_active": False},
        {"is_superuser": True},  # for set-up only
    ):
        member(**stranger)
    member("view_consultation", "open_envelope")
    member("triage", is_active=False)
    assert set(triage.assignable()) == {by_hand, by_role}
    names = [user.username for user in triage.assignable()]
    assert names == sorted(names)


def test_with_a_second_way_to_sign_in_the_same_accounts_are_assignable(settings: Settings) -> None:
    worker = member("triage")
    settings.AUTHENTICATION_BACKENDS = [
        "django.contrib.auth.backends.ModelBackend",
        "django.contrib.auth.backends.RemoteUserBackend",
    ]
    assert list(triage.assignable()) == [worker]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_superuser": True}], ids=["left", "superuser"])
def test_who_left_or_is_for_set_up_only_cannot_be_assigned(fields: dict[str, bool]) -> None:
    one, by = stored(), member()
    codenames = ["triage"] if "is_active" in fields else []
    with pytest.raises(triage.NotAssignable):
        change(one, by=by, assignee=member(*codenames, **fields))
    assert columns(one) == ("new", None, None, 1)


def test_who_lost_the_right_stays_assigned_until_somebody_hands_it_on() -> None:
    one, by, worker = stored(), member(), member("triage")
    change(one, by=by, assignee=worker)
    worker.user_permissions.clear()
    assert change(one, by=by, status=Status.IN_PROGRESS) == [Event.CONSULTATION_ADVANCED]
    assert fresh(one).assignee == worker


@pytest.mark.parametrize("present", list(Status))
def test_the_page_offers_what_the_rule_allows_and_every_offer_is_taken(present: Status) -> None:
    one, by = stored(), member()
    Consultation.objects.update(status=present)
    offered = triage.next_of(fresh(one))
    assert present in offered
    assert offered == [status for status in Status if status in offered]
    for to in Status:
        Consultation.objects.update(status=present)
        if to in offered:
            change(one, by=by, status=to)
        else:
            with pytest.raises(triage.TransitionRefused):
                change(one, by=by, status=to)


@pytest.mark.parametrize("to_somebody", [True, False])
def test_what_a_leaver_had_is_handed_on_with_an_entry_each(to_somebody: bool) -> None:
    by, leaver, other = member(), member("triage"), member("triage")
    mine, closed, theirs, nobodys = stored(), stored(), stored(), stored()
    for one, status in ((mine, Status.IN_PROGRESS), (closed, Status.DECLINED)):
        change(one, by=by, assignee=leaver, status=status)
    change(theirs, by=by, assignee=other)
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    to = other if to_somebody else None
    assert triage.hand_on(leaver, to=to, by=by, at=LATER) == 2
    assert columns(mine) == ("in_progress", to, None, 3)
    assert columns(closed) == ("declined", to, None, 3)
    assert columns(theirs) == ("new", other, None, 2)
    assert columns(nobodys) == ("new", None, None, 1)
    label = f"user {leaver.pk}, " + (f"user {other.pk}" if to_somebody else "-")
    for one in (mine, closed):
        assert entries(one.id)[-1] == ("consultation.assigned", label, by.pk)
    assert triage.hand_on(leaver, to=to, by=by, at=LATER) == 0
    assert len(entries(mine.id)) == 3


def test_nothing_is_handed_on_to_somebody_who_may_not_work_on_it() -> None:
    by, leaver = member(), member("triage")
    one = stored()
    change(one, by=by, assignee=leaver)
    with pytest.raises(triage.NotAssignable):
        triage.hand_on(leaver, to=member(), by=None, at=LATER)
    assert columns(one) == ("new", leaver, None, 2)
    assert len(entries(one.id)) == 1


def test_a_page_that_was_open_while_it_was_handed_on_is_outdated() -> None:
    by, leaver, one = member(), member("triage"), stored()
    change(one, by=by, assignee=leaver)
    page = fresh(one)
    triage.hand_on(leaver, to=None, by=None, at=LATER)
    with pytest.raises(triage.Outdated):
        triage.set_state(one.id, State(Status.MET, leaver, None), seen=page.version, by=by, at=LATER)
    assert entries(one.id)[-1] == ("consultation.assigned", f"user {leaver.pk}, -", None)
