"""第9条: the days of the table in 民法's arithmetic, and what ties the three rules together on every other day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retention.rules import cutoff, expires_on, purge_from

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
YEARS = st.integers(1, 10)


@pytest.mark.parametrize(
    ("last_contact", "expires", "purge"),
    [
        ("2024-02-29", "2026-02-28", "2026-03-01"),
        ("2024-02-28", "2026-02-28", "2026-03-01"),
        ("2022-02-28", "2024-02-29", "2024-03-01"),
        ("2026-02-28", "2028-02-29", "2028-03-01"),
        ("2023-02-28", "2025-02-28", "2025-03-01"),
        ("2025-12-31", "2027-12-31", "2028-01-01"),
        ("2026-01-31", "2028-01-31", "2028-02-01"),
        ("2026-11-22", "2028-11-22", "2028-11-23"),
        ("2026-04-01", "2028-04-01", "2028-04-02"),
    ],
)
def test_two_years_end_as_the_table_says(last_contact: str, expires: str, purge: str) -> None:
    on = date.fromisoformat(last_contact)
    assert expires_on(on, 2).isoformat() == expires
    assert purge_from(on, 2).isoformat() == purge


@pytest.mark.parametrize(
    ("as_of", "latest"),
    [
        ("2028-02-28", "2026-02-27"),
        ("2028-02-29", "2026-02-27"),
        ("2028-03-01", "2026-02-28"),
        ("2026-02-28", "2024-02-27"),
        ("2026-03-01", "2024-02-29"),
        ("2028-11-23", "2026-11-22"),
    ],
)
def test_the_cutoff_around_the_end_of_february(as_of: str, latest: str) -> None:
    assert cutoff(date.fromisoformat(as_of), 2).isoformat() == latest


def test_from_one_29th_of_february_to_another() -> None:
    assert expires_on(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert expires_on(date(2096, 2, 29), 4) == date(2100, 2, 28)  # 2100 is no leap year
    assert cutoff(date(2028, 2, 29), 4) == date(2024, 2, 28)


@given(DAYS, YEARS)
def test_the_record_may_go_from_the_day_after_the_last_of_its_period(on: date, years: int) -> None:
    assert purge_from(on, years) == expires_on(on, years) + DAY


@given(DAYS, YEARS)
def test_the_period_is_never_shorter_than_its_years_nor_a_day_longer(on: date, years: int) -> None:
    assert (expires_on(on, years).year, expires_on(on, years).month) == (on.year + years, on.month)
    # Only the end of February moves: there a year more or less has one day more or less.
    assert expires_on(on, years).day == on.day or (on.month == 2 and on.day in {28, 29})


@given(DAYS, YEARS)
def test_a_later_contact_never_lets_a_record_go_sooner(on: date, years: int) -> None:
    assert purge_from(on, years) <= purge_from(on + DAY, years)


@given(DAYS, YEARS, st.integers(-3, 3))
@example(date(2024, 2, 29), 2, 0)
@example(date(2024, 2, 28), 2, 0)
@example(date(2022, 2, 28), 2, -1)
def test_the_cutoff_parts_those_that_may_go_from_those_that_stay(on: date, years: int, days: int) -> None:
    as_of = purge_from(on, years) + timedelta(days=days)
    assert (on <= cutoff(as_of, years)) is (purge_from(on, years) <= as_of) is (days >= 0)


@given(DAYS, YEARS)
def test_the_cutoff_is_the_latest_day_whose_records_may_go(as_of: date, years: int) -> None:
    latest = cutoff(as_of, years)
    assert purge_from(latest, years) <= as_of < purge_from(latest + DAY, years)
