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

    `edition` is the one that the records' people agreed to, or None where the period is the same for all.
    """

    years: int
    first: date
    last: date
    edition: date | None = None


def ending(*, as_of: date, within_days: int) -> tuple[Ending, ...]:
    """Whose period ends on `as_of` or at most `within_days` days later.

    The edition in force decides, but nobody is kept longer than the edition that they agreed to promised.
    """
    longest = policy.in_force(as_of).facts.retention.consultation.years
    periods = {
        edition.effective_on: min(longest, edition.facts.retention.consultation.years)
        for edition in policy.editions()
        if edition.effective_on <= as_of
    }

    def under(years: int, edition: date | None = None) -> Ending:
        after = as_of + timedelta(days=within_days) + _DAY
        return Ending(years, rules.cutoff(as_of, years), rules.cutoff(after, years) - _DAY, edition)

    if set(periods.values()) == {longest}:
        return (under(longest),)
    return tuple(under(years, edition) for edition, years in periods.items())
