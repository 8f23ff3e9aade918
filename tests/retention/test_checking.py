"""第9条: the checklist of places outside — for whom, ticked, taken back, and what of it the purge writes down."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from intake.models import KIND, Consultation
from policy.services import NoEdition
from retention.models import Place, PlaceCheck
from retention.services import checking
from retention.services.checking import Tick
from safeguards.services import holds
from safeguards.services.holds import HoldBasis
from safeguards.services.ids import Ids
from tests.intake.staff import member
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.places import (
    AT,
    DAY,
    LAST,
    TODAY,
    ending,
    mailbox,
    place,
    run,
    said,
    tick,
    ticks,
    unticked,
)

pytestmark = pytest.mark.django_db

PAPER = "印刷したヒアリングシート"


@pytest.fixture
def by() -> User:
    return member()


def listed(as_of: date = TODAY) -> list[Consultation]:
    return list(checking.to_check(as_of=as_of))


def tick_all(consultation: Consultation, by: User) -> None:
    everywhere = [tick(consultation, each) for each in Place.objects.filter(in_use=True)]
    checking.note(done=everywhere, undone=[], by=by, at=AT)


def test_those_whose_period_ends_within_thirty_days_or_has_ended_are_listed_the_first_first() -> None:
    soon, today, over = ending(LAST + 30 * DAY), ending(LAST), ending(LAST - 400 * DAY)
    ending(LAST + 31 * DAY)
    assert listed() == [over, today, soon]
    assert listed(TODAY - DAY) == [over, today]


def test_what_somebody_holds_is_not_listed_until_it_is_released() -> None:
    held = ending()
    holds.place(kind=KIND, record_id=held.id, basis=HoldBasis.DISPUTE, at=AT)
    assert listed() == []
    holds.release(kind=KIND, record_ids=[held.id], at=AT)
    assert listed() == [held]


def test_a_shorter_promise_of_an_older_edition_is_kept(editions: Editions) -> None:
    editions.add("2028-01-01", ("years = 2", "years = 3"), file="facts.toml")
    two = ending(policy_edition=date(2026, 1, 2))
    ending(policy_edition=date(2028, 1, 1))
    three = ending(LAST - 366 * DAY, policy_edition=date(2028, 1, 1))
    assert listed() == [three, two]


def test_before_the_first_edition_no_period_is_known() -> None:
    with pytest.raises(NoEdition):
        listed(date(2026, 1, 1))


def test_a_record_is_unchecked_until_every_place_in_use_is_ticked(by: User) -> None:
    one, other = ending(), ending(LAST - DAY)
    tick_all(one, by)
    assert list(checking.unchecked(checking.to_check(as_of=TODAY))) == [other]
    checking.note(done=[], undone=[tick(one, mailbox())], by=by, at=AT)
    assert list(checking.unchecked(checking.to_check(as_of=TODAY))) == [other, one]
    Place.objects.filter(id=mailbox().id).update(in_use=False)  # nobody has to tick it any more
    assert list(checking.unchecked(checking.to_check(as_of=TODAY))) == [other]
    Place.objects.update(in_use=False)
    assert not checking.unchecked(checking.to_check(as_of=TODAY)).exists()


def test_ticks_are_stored_with_who_and_when_and_one_audit_entry_a_record(by: User) -> None:
    one, other = ending(), ending()
    done = [tick(one, mailbox()), tick(one, place(PAPER)), tick(other, mailbox())]
    assert checking.note(done=done, undone=[], by=by, at=AT) == 2
    assert ticks() == set(done)
    check = checking.ticked([one.id])[done[0]]
    assert (check.checked_by, check.checked_at) == (by, AT)
    assert said(one.id) == [("places.checked", "done=1 4", by.pk)]
    assert said(other.id) == [("places.checked", "done=1", by.pk)]


def test_a_tick_is_taken_back_and_the_audit_says_so(by: User) -> None:
    one = ending()
    checking.note(done=[tick(one, mailbox())], undone=[], by=by, at=AT)
    moved = {"done": [tick(one, place(PAPER))], "undone": [tick(one, mailbox())]}
    assert checking.note(**moved, by=by, at=AT) == 1
    assert ticks() == {tick(one, place(PAPER))}
    assert said(one.id)[1:] == [("places.checked", "done=4, undone=1", by.pk)]


def test_what_a_colleague_ticked_stays_theirs_and_leaves_no_second_entry(by: User) -> None:
    colleague, one = member(), ending()
    for who in (colleague, by):
        checking.note(done=[tick(one, mailbox())], undone=[], by=who, at=AT)
    assert PlaceCheck.objects.get().checked_by == colleague
    for who in (colleague, by):
        checking.note(done=[], undone=[tick(one, mailbox())], by=who, at=AT)
    assert [actor for _, _, actor in said(one.id)] == [colleague.pk] * 2


def test_records_that_are_gone_and_places_put_aside_are_left_out(by: User) -> None:
    one = ending()
    Place.objects.filter(id=place(PAPER).id).update(in_use=False)
    given = [tick(one, place(PAPER)), Tick(uuid4(), mailbox().id), Tick(one.id, uuid4())]
    assert checking.note(done=given, undone=given, by=by, at=AT) == 0
    assert (ticks(), said(one.id)) == (set(), [])


def test_the_longest_label_fits_into_the_audit(by: User) -> None:
    Place.objects.all().delete()
    for number in range(20):
        Place.objects.create(name=f"{number}", what_to_do="-", order=900 + number)
    one = ending()
    tick_all(one, by)
    half = [tick(one, each) for each in Place.objects.all()[:10]]
    checking.note(done=[], undone=half, by=by, at=AT)
    assert len(said(one.id)) == 2


def test_the_purge_counts_of_each_place_how_many_nobody_ticked_and_forgets_the_ticks(by: User) -> None:
    first, second, third, stays = (ending() for _ in range(4))
    tick_all(first, by)
    done = [tick(second, place(PAPER)), tick(stays, mailbox())]
    checking.note(done=done, undone=[], by=by, at=AT)
    the_run = run()
    checking.close(Ids.of([first.id, second.id]), run=the_run.id)
    one_each = dict.fromkeys(Place.objects.values_list("name", flat=True), 1)
    assert unticked(the_run) == one_each | {PAPER: 0}
    checking.close(Ids.of([third.id]), run=the_run.id)
    assert unticked(the_run) == dict.fromkeys(one_each, 2) | {PAPER: 1}
    assert ticks() == {tick(stays, mailbox())}


def test_a_place_put_aside_is_on_no_certificate_and_keeps_no_tick(by: User) -> None:
    one, the_run = ending(), run()
    checking.note(done=[tick(one, mailbox())], undone=[], by=by, at=AT)
    Place.objects.filter(id=mailbox().id).update(in_use=False)
    checking.close(Ids.of([one.id]), run=the_run.id)
    assert "メールボックス" not in unticked(the_run)
    assert ticks() == set()


def test_a_batch_costs_one_statement_and_an_empty_one_none(
    by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids, the_run = [ending().id for _ in range(3)], run()
    with django_assert_num_queries(1):
        checking.close(Ids.of(ids), run=the_run.id)
    with django_assert_num_queries(0):
        checking.close(Ids.of([]), run=the_run.id)


def test_ticks_of_a_record_that_went_by_hand_are_forgotten_and_no_others(by: User) -> None:
    gone, stays = ending(), ending()
    checking.note(done=[tick(gone, mailbox()), tick(stays, mailbox())], undone=[], by=by, at=AT)
    gone.delete()
    assert (checking.forget_gone(), checking.forget_gone()) == (1, 0)
    assert ticks() == {tick(stays, mailbox())}
