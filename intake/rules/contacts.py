"""第9条: which contacts are a 最終接触, from whose day the two years run. The company confirms the table (README)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from intake.choices import ContactKind, VoidReason

# What the person sent or said to us, and meetings held. What we tried without an answer does not count: or else
# our own mails could keep somebody's data for ever. Nor do automatic mails, viewing and editing: they are no entry.
COUNTS: Mapping[ContactKind, bool] = {
    ContactKind.EMAIL_IN: True,
    ContactKind.EMAIL_OUT: False,
    ContactKind.TELEPHONE_IN: True,
    ContactKind.TELEPHONE_OUT: True,
    ContactKind.TELEPHONE_MISSED: False,
    ContactKind.MEETING_HELD: True,
    ContactKind.MEETING_MISSED: False,
    ContactKind.VISIT_OUT: True,
    ContactKind.VISIT_IN: True,
}
COUNTING = tuple(kind for kind, counts in COUNTS.items() if counts)


# Of these mistakes the note is no part of the record: what it says is somebody else's, or must not be kept.
NOTE_GOES = (VoidReason.OTHER_CONSULTATION, VoidReason.NOTE)


@dataclass(frozen=True)
class Note:
    """What staff wrote about a contact; sealed under the consultation's key."""

    text: str = ""


class DateRefused(Exception):
    """A contact cannot have been on that day."""


def check_day(on: date, *, submitted_on: date, today: date) -> None:
    """DateRefused for a day to come, and for one before the submission, which is the first contact."""
    if on > today:
        raise DateRefused("the day is still to come")
    if on < submitted_on:
        raise DateRefused("the day lies before the submission")


def last_contact(submitted_on: date, counted: Iterable[date]) -> date:
    """The day of the last contact: the submission is the first; `counted` are the days of contacts that count."""
    return max((submitted_on, *counted))
