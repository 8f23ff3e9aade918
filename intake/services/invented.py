"""2-1: what the mails of invented consultations are said to have done, since they write to nobody. Demo data alone
calls this; real mails are noted by `mail`, with the row locked."""

from datetime import datetime
from uuid import UUID

from intake.models import Consultation


def note_sent(record_id: UUID, *, at: datetime) -> None:
    """Both mails sent."""
    Consultation.objects.filter(id=record_id).update(acknowledged_at=at, staff_notified_at=at)


def note_refused(record_id: UUID, *, at: datetime) -> None:
    """As `note_sent`, but the prospect's address refused for good."""
    Consultation.objects.filter(id=record_id).update(mail_refused_at=at, staff_notified_at=at)
