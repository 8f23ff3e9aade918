"""第9条: the periods of the editions, as days of a last contact. Nothing is erased here."""

from dataclasses import dataclass
from datetime import date, timedelta

from policy import services as policy
from retention import rules

__all__ = ["Ending", "ending"]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """Records under one period. Last contacts from `first` to `last` mean that it ends within the span that was
    asked for; an earlier one, that it has ended.

    `editions` are those under which the records were sent, or None where every edition has this period.
    """

    years: int
    first: date
    last: date
    editions: tuple[date, ...] | None


def ending(*, as_of: date, within_days: int) -> tuple[Ending, ...]:
    """Whose period ends on `as_of` or at most `within_days` days later, for each period that there is.

    The edition in force decides, but nobody is kept longer than the edition that they agreed to promised.
    """
    longest = policy.in_force(as_of).facts.retention.consultation.years
    by_years: dict[int, list[date]] = {}
    for edition in policy.editions():
        if edition.effective_on <= as_of:
            years = min(longest, edition.facts.retention.consultation.years)
            by_years.setdefault(years, []).append(edition.effective_on)
    return tuple(
        Ending(
            years=years,
            first=rules.cutoff(as_of, years),
            last=rules.cutoff(as_of + timedelta(days=within_days) + _DAY, years) - _DAY,
            editions=tuple(agreed) if len(by_years) > 1 else None,
        )
        for years, agreed in sorted(by_years.items())
    )
