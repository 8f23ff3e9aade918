"""2-1: what became of a consultation's acknowledgement, for staff to read."""

from datetime import datetime

from intake.choices import MailState
from intake.models import Consultation
from intake.rules import mail_state as rules
from intake.services.mail import DUE_FOR


def of(consultation: Consultation, *, at: datetime) -> MailState:
    """The state in one word, from the facts on the record."""
    return rules.of(
        acknowledged_at=consultation.acknowledged_at,
        refused_at=consultation.mail_refused_at,
        bounced_at=consultation.bounced_at,
        submitted_at=consultation.submitted_at,
        due_for=DUE_FOR,
        at=at,
    )
