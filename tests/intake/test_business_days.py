"""2-1: the day by which a consultation is answered."""

from datetime import UTC, date, datetime

import pytest

from intake.rules.business_days import TOKYO, answer_by, is_business_day


def received(text: str) -> datetime:
    """A moment as the clock on a wall in Tokyo shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-24T00:00", "2026-11-27"),  # Tuesday, before the company opens
        ("2026-11-24T17:00", "2026-11-27"),
        ("2026-11-24T17:01", "2026-11-30"),
        ("2026-11-20T16:59:59", "2026-11-26"),  # Friday; Monday 11/23 is a holiday
        ("2026-11-20T17:00", "2026-11-26"),
        ("2026-11-20T17:00:01", "2026-11-27"),
        ("2026-11-20T17:01", "2026-11-27"),
        ("2026-11-21T10:00", "2026-11-27"),  # Saturday, Sunday and the holiday count as Tuesday
        ("2026-11-22T23:59", "2026-11-27"),
        ("2026-11-23T10:00", "2026-11-27"),
        # Golden Week 2027: 4/29 (Thu), 5/3 to 5/5 (Mon to Wed)
        ("2027-04-28T17:00", "2027-05-07"),
        ("2027-04-28T17:01", "2027-05-10"),
        ("2027-04-29T09:00", "2027-05-10"),
        ("2027-05-04T09:00", "2027-05-11"),
        # 年末年始: 12/29 to 1/3; 12/28 is a Monday in 2026
        ("2026-12-28T17:00", "2027-01-06"),
        ("2026-12-28T17:01", "2027-01-07"),
        ("2027-01-01T00:00", "2027-01-07"),
        ("2027-01-03T23:59", "2027-01-07"),
        ("2027-01-04T09:00", "2027-01-07"),
        # Substitute holidays: 2027-03-22 for a Sunday's equinox; the citizens' holiday of 2026-09-22
        ("2027-03-19T12:00", "2027-03-25"),
        ("2026-09-18T12:00", "2026-09-28"),
    ],
)
def test_the_answer_is_due_on_the_third_business_day(moment: str, day: str) -> None:
    assert answer_by(received(moment), 3) == date.fromisoformat(day)


def test_the_day_is_tokyos_and_not_utcs() -> None:
    # Wednesday 2026-11-25, 08:00 in Tokyo; in UTC it is still Tuesday.
    assert answer_by(datetime(2026, 11, 24, 23, tzinfo=UTC), 1) == date(2026, 11, 26)
    # Tuesday 17:01 in Tokyo is 08:01 in UTC.
    assert answer_by(datetime(2026, 11, 24, 8, 1, tzinfo=UTC), 1) == date(2026, 11, 26)


def test_the_companys_own_closures_are_no_business_days() -> None:
    closures = frozenset({date(2027, 8, 12), date(2027, 8, 13), date(2027, 8, 16)})
    assert answer_by(received("2027-08-10T12:00"), 1, closures) == date(2027, 8, 17)
    assert answer_by(received("2027-08-12T12:00"), 1, closures) == date(2027, 8, 18)
    assert answer_by(received("2027-08-10T12:00"), 1) == date(2027, 8, 12)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-04", True),
        ("2028-02-29", True),  # a Tuesday
        ("2027-03-21", False),
        ("2027-03-22", False),
        ("2027-03-23", True),
        ("2026-09-22", False),
    ],
)
def test_business_days(day: str, open_: bool) -> None:
    assert is_business_day(date.fromisoformat(day)) is open_
