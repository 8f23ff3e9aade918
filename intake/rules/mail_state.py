"""2-1: what became of the mail that acknowledges a consultation, from the facts on the record."""

from datetime import datetime, timedelta

from intake.choices import MailState


def of(
    *,
    acknowledged_at: datetime | None,
    refused_at: datetime | None,
    bounced_at: datetime | None,
    submitted_at: datetime,
    due_for: timedelta,
    at: datetime,
) -> MailState:
    """The state in one word. A mail that came back was sent before: the bounce is what counts."""
    if bounced_at:
        return MailState.BOUNCED
    if refused_at:
        return MailState.REFUSED
    if acknowledged_at:
        return MailState.SENT
    return MailState.DUE if submitted_at >= at - due_for else MailState.OVERDUE
