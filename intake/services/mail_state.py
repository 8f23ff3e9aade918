"""2-1: what became of a consultation's acknowledgement, for staff to read."""

from copy import copy
from datetime import datetime

from intake.choices import MailState
from intake.models import Consultation
from intake.rules import mail_state as rules
from intake.rules.progress import CLOSED
from intake.services.mail import DUE_FOR


def of(consultation: Consultation, *, at: datetime) -> MailState:
    """The state in one word, from the facts on the record."""
    return rules.of(
        acknowledged_at=consultation.acknowledged_at,
        refused_at=consultation.mail_refused_at,
        bounced_at=consultation.bounced_at,
        is_closed=consultation.status in CLOSED,
        submitted_at=consultation.submitted_at,
        due_for=DUE_FOR,
        at=at,
    )


def after_correction(consultation: Consultation, *, at: datetime) -> MailState:
    """The state once the address is corrected: everything is forgotten that the wrong one led to."""
    corrected = copy(consultation)
    corrected.acknowledged_at = corrected.mail_refused_at = corrected.bounced_at = None
    return of(corrected, at=at)
