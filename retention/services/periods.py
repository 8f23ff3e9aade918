"""第9条: the periods of the editions, as days of a last contact. Nothing is erased here."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from policy import services as policy
from policy.services import EditionsUnreadable, NoEdition
from retention import rules

__all__ = ["Due", "EditionsUnreadable", "Ending", "NoEdition", "due", "ending"]

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


@dataclass(frozen=True)
class Due:
    """Which records may go on a day: those of a last contact up to `cutoff`, by the `years` of the `edition` in force.

    `shorter` are the years of those editions that promised fewer to the people who agreed to them.
    """

    as_of: date
    edition: date
    years: int
    shorter: dict[date, int]

    @property
    def cutoff(self) -> date:
        return rules.cutoff(self.as_of, self.years)

    @property
    def selected(self) -> Q:
        """The records: where all editions promise the same, one indexed comparison."""
        found = Q(last_contact_on__lte=self.cutoff)
        for edition, years in self.shorter.items():
            found |= Q(policy_edition=edition, last_contact_on__lte=rules.cutoff(self.as_of, years))
        return found

    def since(self, last_contact_on: date, agreed_to: date | None) -> date:
        """From which day on a record may go."""
        return rules.purge_from(
            last_contact_on, self.shorter.get(agreed_to, self.years) if agreed_to else self.years
        )


def due(*, as_of: date) -> Due:
    """What may go on `as_of`. NoEdition where none is in force then."""
    in_force = policy.in_force(as_of)
    years = in_force.facts.retention.consultation.years
    promised = {each.effective_on: each.facts.retention.consultation.years for each in policy.editions()}
    shorter = {edition: fewer for edition, fewer in promised.items() if fewer < years}
    return Due(as_of, in_force.effective_on, years, shorter)


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
        return Ending(years, rules.cutoff(as_of, years) + _DAY, rules.cutoff(after, years), edition)

    if set(periods.values()) == {longest}:
        return (under(longest),)
    return tuple(under(years, edition) for edition, years in periods.items())
