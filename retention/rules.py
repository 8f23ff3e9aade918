"""第9条: from when to when a record is kept, by the calendar of 民法140条, 141条 and 143条."""

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
    """Records whose last contact lies before this day may go on `as_of`; those of the day itself stay."""
    if as_of.month == 2 and as_of.day == 29 and not _is_leap(as_of.year - years):
        return date(as_of.year - years, 2, 28)
    return as_of.replace(year=as_of.year - years)


def latest_review(today: date) -> date:
    """The last day to which somebody may put off looking at a legal hold again: a year from today."""
    if today.month == 2 and today.day == 29:
        return date(today.year + 1, 2, 28)
    return today.replace(year=today.year + 1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
