"""第9条: whose period ends soon, by the editions."""

from datetime import date, timedelta

import pytest

from policy.services import NoEdition
from retention import rules
from retention.services import Ending, ending
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions

TODAY = date(2028, 11, 22)
TWO, ONE, THREE = "years = 2", "years = 1", "years = 3"


def test_the_days_of_the_last_contacts_whose_period_ends_within_the_span(editions: Editions) -> None:
    (only,) = ending(as_of=TODAY, within_days=60)
    assert only == Ending(years=2, first=date(2026, 11, 22), last=date(2027, 1, 21))
    assert rules.expires_on(only.first - timedelta(days=1), 2) < TODAY
    assert rules.expires_on(only.first, 2) == TODAY
    assert rules.expires_on(only.last, 2) == TODAY + timedelta(days=60)
    assert rules.expires_on(only.last + timedelta(days=1), 2) > TODAY + timedelta(days=60)


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        ("2028-02-28", "2026-02-28", "2026-02-27"),  # nothing ends on it: 2026-02-28 is kept to the 29th
        ("2028-02-29", "2026-02-28", "2026-02-28"),
        ("2026-02-28", "2024-02-28", "2024-02-29"),
        ("2028-03-01", "2026-03-01", "2026-03-01"),
    ],
)
def test_a_single_day_around_the_end_of_february(
    editions: Editions, as_of: str, first: str, last: str
) -> None:
    (only,) = ending(as_of=date.fromisoformat(as_of), within_days=0)
    assert (only.first.isoformat(), only.last.isoformat()) == (first, last)


def test_a_shorter_period_of_the_edition_in_force_holds_for_everybody(editions: Editions) -> None:
    editions.add("2028-01-01", (TWO, ONE), file="facts.toml")
    (only,) = ending(as_of=TODAY, within_days=0)
    assert (only.years, only.first, only.edition) == (1, date(2027, 11, 22), None)


def test_a_longer_period_of_the_edition_in_force_keeps_nobody_longer_than_was_promised(
    editions: Editions,
) -> None:
    editions.add("2028-01-01", (TWO, THREE), file="facts.toml")
    two, three = ending(as_of=TODAY, within_days=0)
    assert (two.years, two.first, two.edition) == (2, date(2026, 11, 22), date(2026, 1, 2))
    assert (three.years, three.first, three.edition) == (3, date(2025, 11, 22), date(2028, 1, 1))


def test_an_edition_that_is_only_announced_changes_nothing(editions: Editions) -> None:
    before = ending(as_of=TODAY, within_days=60)
    editions.add("2028-11-23", (TWO, ONE), file="facts.toml")
    assert ending(as_of=TODAY, within_days=60) == before


def test_before_the_first_edition_there_is_no_period(editions: Editions) -> None:
    with pytest.raises(NoEdition):
        ending(as_of=date(2026, 1, 1), within_days=60)
