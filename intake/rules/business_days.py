"""2-1: the day by which a consultation is answered, counted in the company's business days."""

from collections.abc import Set
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays.countries.japan import Japan

TOKYO = ZoneInfo("Asia/Tokyo")
CLOSES_AT = time(17)  # the company's hours are 平日9:00〜17:00
_DAY = timedelta(days=1)


def answer_by(received: datetime, days: int, closures: Set[date] = frozenset()) -> date:
    """The `days`-th business day after the day on which the company had the consultation before it.

    That is the Asia/Tokyo date of `received`; for what came after 17:00, or on a day off, the next business day.
    """
    local = received.astimezone(TOKYO)
    day = local.date()
    if not is_business_day(day, closures) or local.time() > CLOSES_AT:
        day = _next(day, closures)
    for _ in range(days):
        day = _next(day, closures)
    return day


def is_business_day(day: date, closures: Set[date] = frozenset()) -> bool:
    """No weekend, no holiday (substitute ones included), not 12/29 to 1/3, not one of the company's closures."""
    over_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return not (day.weekday() >= 5 or over_new_year or day in closures or day in _holidays(day.year))


def _next(day: date, closures: Set[date]) -> date:
    day += _DAY
    while not is_business_day(day, closures):
        day += _DAY
    return day


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(Japan(years=year))
