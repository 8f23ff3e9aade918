"""2-1: what became of a consultation's acknowledgement, in one word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intake.choices import MailState
from intake.rules import mail_state

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NOTHING: dict[str, Any] = {"acknowledged_at": None, "refused_at": None, "bounced_at": None}


def state(*, age: timedelta = timedelta(0), **facts: datetime) -> MailState:
    return mail_state.of(**{**NOTHING, **facts}, submitted_at=AT - age, due_for=timedelta(days=14), at=AT)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, MailState.DUE),
        ({"acknowledged_at": AT}, MailState.SENT),
        ({"refused_at": AT}, MailState.REFUSED),
        ({"bounced_at": AT}, MailState.BOUNCED),
        ({"acknowledged_at": AT, "bounced_at": AT}, MailState.BOUNCED),
        ({"refused_at": AT, "bounced_at": AT}, MailState.BOUNCED),
    ],
)
def test_the_facts_say_what_became_of_the_mail(facts: dict[str, Any], expected: MailState) -> None:
    assert state(**facts) is expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(days=14, microseconds=-1), MailState.DUE),
        (timedelta(days=14), MailState.DUE),
        (timedelta(days=14, microseconds=1), MailState.OVERDUE),
    ],
)
def test_an_unsent_mail_is_given_up_when_its_time_is_over(age: timedelta, expected: MailState) -> None:
    assert state(age=age) is expected


def test_a_mail_that_was_sent_stays_sent_however_long_ago() -> None:
    assert state(age=timedelta(days=700), acknowledged_at=AT) is MailState.SENT
