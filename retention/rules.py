"""第9条: from when to when a record is kept, by the calendar of 民法140条, 141条 and 143条; and customers' data."""

from datetime import date, timedelta

_DAY = timedelta(days=1)


def expires_on(last_contact_on: date, years: int) -> date:
    """The last day of the period, to whose end the record is kept (141条).

    The day of the last contact does not count (140条). The period ends the day before the anniversary of its first
    day, or, where the month has no such day, with the month (143条2項).
    """
    return purge_from(last_contact_on, years) - _DAY


def purge_from(last_contact_on: date, years: int) -> date:
    """The first day on which the record may go: the one after the period's last."""
    begins = last_contact_on + _DAY
    if begins.month == 2 and begins.day == 29 and not _is_leap(begins.year + years):
        return date(begins.year + years, 3, 1)  # the period ended with February
    return begins.replace(year=begins.year + years)


def cutoff(as_of: date, years: int) -> date:
    """The latest last contact whose record may go on `as_of`; that of the next day stays."""
    if as_of.month == 2 and as_of.day == 29 and not _is_leap(as_of.year - years):
        return date(as_of.year - years, 2, 27)  # the 28th is kept to this day's end
    return as_of.replace(year=as_of.year - years) - _DAY


def latest_review(today: date) -> date:
    """The last day to which somebody may put off looking at a legal hold again: a year from today."""
    if today.month == 2 and today.day == 29:
        return date(today.year + 1, 2, 28)
    return today.replace(year=today.year + 1)


def due_by(ended_on: date, days: int) -> date:
    """The last day by which customers' data are returned or deleted after their contract's end (第9条, second point).

    The day of the end does not count (140条). An upper bound: who is earlier keeps it.
    """
    return ended_on + timedelta(days=days)


class DayRefused(Exception):
    """A day on which it cannot have been."""


def check_settled(on: date, *, ended_on: date, today: date) -> None:
    """Customers' data are returned or deleted once the contract has ended, and nobody notes it before it is done."""
    if not ended_on <= on <= today:
        raise DayRefused


def check_backup(until: date, *, ended_on: date | None, settled_on: date | None) -> None:
    """A backup of the last day on which the data were there cannot be gone before that day.

    While the contract goes on there is no such day yet: every new backup holds the data anew.
    """
    last = settled_on or ended_on
    if last is None or until < last:
        raise DayRefused


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
