"""3-5: the periods of the statistics: whole months, in blocks that never overlap nor move."""

from dataclasses import dataclass
from datetime import date

LENGTH = 24


@dataclass(frozen=True)
class Period:
    """Whole months, from the first of one to the first of the one `after` the last."""

    first: date
    after: date

    @property
    def months(self) -> list[date]:
        """The first day of each."""
        after = (self.after.year - self.first.year) * 12 + self.after.month - self.first.month
        return [_add(self.first, number) for number in range(after)]


def periods(today: date, *, since: date) -> list[Period]:
    """The present period up to this month, and those before it back to the one with `since`; the latest first.

    Each begins with January of an even year, whatever the day: of two that overlap, also of pages that were kept from
    different days, the difference would tell what is hidden in each.
    """
    found = [Period(date(today.year - today.year % 2, 1, 1), _add(today.replace(day=1), 1))]
    while found[-1].first > since:
        found.append(Period(_add(found[-1].first, -LENGTH), found[-1].first))
    return found


def _add(month: date, months: int) -> date:
    year, number = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, number + 1, 1)
