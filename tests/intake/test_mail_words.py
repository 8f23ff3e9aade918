"""2-1: what the list selects by a mail's state is what each record is said to be, for every combination of facts."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from intake.choices import MailProblem, MailState, Status
from intake.models import Consultation
from intake.services import mail_state, selection
from intake.services.mail import DUE_FOR
from tests.intake.listing import row

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
SAID = {
    MailProblem.UNSENT: {MailState.DUE, MailState.OVERDUE, MailState.DROPPED},
    MailProblem.WAITING: {MailState.DUE},
    MailProblem.GIVEN_UP: {MailState.OVERDUE, MailState.DROPPED},
    MailProblem.UNDELIVERED: {MailState.REFUSED, MailState.BOUNCED},
}


def test_selection_and_word_agree() -> None:
    sent_or_refused: tuple[dict[str, datetime], ...] = (
        {},
        {"acknowledged_at": NOW},
        {"mail_refused_at": NOW},
    )
    ages = (NOW - DUE_FOR - INSTANT, NOW - DUE_FOR, NOW)
    for answer, bounced, status, at in product(
        sent_or_refused, (None, NOW), (Status.NEW, Status.WITHDRAWN), ages
    ):
        row(at=at, bounced_at=bounced, status=status, **answer)
    every = list(Consultation.objects.all())
    assert {mail_state.of(each, at=NOW) for each in every} == set(MailState)
    for problem, states in SAID.items():
        said = {each.id for each in every if mail_state.of(each, at=NOW) in states}
        found = Consultation.objects.filter(selection.by_mail(problem, at=NOW))
        assert set(found.values_list("id", flat=True)) == said
