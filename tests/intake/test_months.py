"""3-5: the periods of the statistics."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.months import LENGTH, Period, periods

DAYS = st.dates(date(2020, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("today", "first", "after"),
    [
        ("2026-11-30", "2024-12-01", "2026-12-01"),
        ("2026-12-01", "2025-01-01", "2027-01-01"),
        ("2027-01-31", "2025-02-01", "2027-02-01"),
        ("2028-02-29", "2026-03-01", "2028-03-01"),
    ],
)
def test_the_latest_ends_with_this_month(today: str, first: str, after: str) -> None:
    on = date.fromisoformat(today)
    assert periods(on, since=on) == [Period(date.fromisoformat(first), date.fromisoformat(after))]


def test_they_go_back_to_the_first_consultation() -> None:
    today = date(2026, 11, 22)
    assert len(periods(today, since=date(2024, 12, 1))) == 1
    assert len(periods(today, since=date(2024, 11, 30))) == 2
    assert len(periods(today, since=date(2022, 11, 30))) == 3


@given(DAYS, DAYS)
def test_they_follow_one_another_and_never_overlap(today: date, since: date) -> None:
    found = periods(today, since=since)
    months = [month for period in reversed(found) for month in period.months]
    assert months == sorted(set(months))
    assert len(months) == LENGTH * len(found)
    assert all(month.day == 1 for month in months)
    assert found[-1].first <= since
    assert found[0].months[-1] == today.replace(day=1)
    assert all(later.first == earlier.after for later, earlier in pairwise(found))
