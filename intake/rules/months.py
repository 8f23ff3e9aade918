"""3-5: the periods of the statistics: whole months, in blocks that do not overlap."""

from dataclasses import dataclass
from datetime import date

LENGTH = 24


@dataclass(frozen=True)
class Period:
    """`LENGTH` months, from the first of one to the first of the one `after` them."""

    first: date
    after: date

    @property
    def months(self) -> list[date]:
        """The first day of each."""
        return [_add(self.first, number) for number in range(LENGTH)]


def periods(today: date, *, since: date) -> list[Period]:
    """The period that ends with this month, and those before it back to the one with `since`; the latest first.

    They do not overlap: of two that do, the difference would tell what is hidden in each.
    """
    after = _add(today.replace(day=1), 1)
    found = [Period(_add(after, -LENGTH), after)]
    while found[-1].first > since:
        found.append(Period(_add(found[-1].first, -LENGTH), found[-1].first))
    return found


def _add(month: date, months: int) -> date:
    year, number = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, number + 1, 1)
