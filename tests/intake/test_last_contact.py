"""第9条: which contacts set the clock, and on which days a contact can have been."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.choices import ContactKind
from intake.rules import contacts
from intake.rules.contacts import DateRefused

# README's table in words: what the person sent or said to us, and meetings held. The company confirms it.
SETS_THE_CLOCK = {
    "メール・書面が届いた": True,
    "メール・書面を送った": False,
    "電話を受けた": True,
    "電話をかけて話した": True,
    "電話をかけたが、話せなかった": False,
    "オンラインで面談した": True,
    "面談の約束だったが、会えなかった": False,
    "訪問して会った": True,
    "来訪を受けた": True,
}
SUBMITTED, TODAY = date(2028, 2, 28), date(2028, 3, 1)


def test_the_table_has_every_kind_of_contact_and_no_other() -> None:
    assert list(contacts.COUNTS) == list(ContactKind)
    assert [str(kind.label) for kind in ContactKind] == list(SETS_THE_CLOCK)


@pytest.mark.parametrize("kind", list(ContactKind), ids=[str(kind) for kind in ContactKind])
def test_what_they_sent_or_said_and_meetings_held_set_the_clock_and_nothing_else(kind: ContactKind) -> None:
    assert contacts.COUNTS[kind] is SETS_THE_CLOCK[str(kind.label)]
    assert (kind in contacts.COUNTING) is SETS_THE_CLOCK[str(kind.label)]


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2028, 2, 27), "before the submission"),
        (date(2028, 2, 28), None),
        (date(2028, 2, 29), None),
        (date(2028, 3, 1), None),
        (date(2028, 3, 2), "still to come"),
        (date.min, "before the submission"),
        (date.max, "still to come"),
    ],
)
def test_a_contact_was_between_the_day_of_the_submission_and_today(on: date, why: str | None) -> None:
    if why is None:
        contacts.check_day(on, submitted_on=SUBMITTED, today=TODAY)
        return
    with pytest.raises(DateRefused, match=why):
        contacts.check_day(on, submitted_on=SUBMITTED, today=TODAY)


def test_on_the_day_of_the_submission_only_that_day_can_be_entered() -> None:
    contacts.check_day(TODAY, submitted_on=TODAY, today=TODAY)
    for days in (-1, 1):
        with pytest.raises(DateRefused):
            contacts.check_day(TODAY + timedelta(days), submitted_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("counted", "last"),
    [
        ([], SUBMITTED),
        ([SUBMITTED], SUBMITTED),
        ([date(2028, 2, 29)], date(2028, 2, 29)),
        ([date(2028, 3, 1), date(2028, 2, 29)], date(2028, 3, 1)),
    ],
)
def test_the_submission_is_the_first_contact_and_the_latest_day_wins(counted: list[date], last: date) -> None:
    assert contacts.last_contact(SUBMITTED, counted) == last


@given(st.lists(st.dates(min_value=SUBMITTED)), st.dates(min_value=SUBMITTED))
def test_one_contact_more_never_moves_the_day_back(counted: list[date], on: date) -> None:
    before = contacts.last_contact(SUBMITTED, counted)
    assert contacts.last_contact(SUBMITTED, [*counted, on]) == max(before, on)
