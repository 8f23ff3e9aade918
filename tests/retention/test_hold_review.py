"""第9条 (法令対応等): the day on which somebody looks at a legal hold again: which it may be, and when it is past."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import Consultation
from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import HoldBasis, HoldState
from tests.intake.desk import AT, entries, stored
from tests.intake.staff import member
from tests.retention.held import REVIEW, held

pytestmark = pytest.mark.django_db(databases="__all__")

TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


@pytest.fixture
def one() -> Consultation:
    return stored()


@pytest.fixture
def officer() -> User:
    return member()


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        (TODAY - DAY, False),
        (TODAY, False),
        (TODAY + DAY, True),
        (date(2027, 11, 23), True),
        (date(2027, 11, 24), True),
        (date(2027, 11, 25), False),
    ],
)
def test_the_review_lies_between_tomorrow_and_a_year_from_today(
    one: Consultation, officer: User, day: date, is_taken: bool
) -> None:
    assert date(2026, 11, 24) == TODAY
    other = held(stored().id, by=officer)
    verbs: list[Callable[[], object]] = [
        lambda: held(one.id, by=officer, review_on=day),
        lambda: holds.prolong(other.hold_id, review_on=day, by=officer, at=AT),
    ]
    for verb in verbs:
        if is_taken:
            verb()
        else:
            with pytest.raises(holds.ReviewRefused):
                verb()
    assert LegalHold.objects.filter(review_on=day).count() == (2 if is_taken else 0)


@pytest.mark.parametrize(
    ("at", "today"),
    [
        (datetime(2026, 11, 24, 14, 59, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), date(2026, 11, 25)),
    ],
)
def test_today_is_a_day_in_tokyo(one: Consultation, officer: User, at: datetime, today: date) -> None:
    with pytest.raises(holds.ReviewRefused):
        held(one.id, by=officer, review_on=today, at=at)
    held(one.id, by=officer, review_on=today + DAY, at=at)


def test_the_review_is_put_off(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer)
    other = member()
    holds.prolong(legal.hold_id, review_on=date(2027, 6, 30), by=other, at=AT)
    legal.refresh_from_db()
    assert (legal.review_on, legal.placed_by) == (date(2027, 6, 30), officer)
    assert entries(one.id)[1:] == [("hold.prolonged", "2027-03-31, 2027-06-30", other.pk)]
    with pytest.raises(holds.SameReview):
        holds.prolong(legal.hold_id, review_on=date(2027, 6, 30), by=other, at=AT)
    assert len(entries(one.id)) == 2


def test_a_hold_is_past_its_review_from_the_day_after(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer)
    found = {day: list(holds.past_review(REVIEW + day * DAY)) for day in (-1, 0, 1)}
    assert found == {-1: [], 0: [], 1: [legal]}
    holds.release(legal.hold_id, by=officer, at=AT)
    assert list(holds.past_review(REVIEW + DAY)) == []


def test_each_hold_is_in_the_lists_of_its_state(one: Consultation, officer: User) -> None:
    past = held(one.id, by=officer)
    open_ = held(one.id, by=officer, basis=HoldBasis.LAW, review_on=REVIEW + DAY)
    over = held(one.id, by=officer, basis=HoldBasis.AUTHORITY)
    holds.release(over.hold_id, by=officer, at=AT)
    lists = {
        state: set(LegalHold.objects.filter(holds.selected(state, as_of=REVIEW + DAY))) for state in HoldState
    }
    assert lists == {
        HoldState.OPEN: {past, open_},
        HoldState.PAST: {past},
        HoldState.RELEASED: {over},
    }
