"""2-1: the text of the mails about a consultation, made when they are sent and stored nowhere."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.rules.business_days import answer_by
from policy import services as policy
from safeguards.services import envelopes


def acknowledgement(consultation: Consultation, *, at: datetime) -> EmailMessage:
    """To the prospect: reference, the day by which we answer, contact.

    No name, company or answer: the address may be a stranger's. Only the address is taken from the envelope,
    and nobody sees it, so this is no opening for a person. A SealError or UnknownKey says why it does not open.
    """
    company = policy.in_force(timezone.localdate(at)).facts.controller
    personal = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    received, today = timezone.localdate(consultation.submitted_at), timezone.localdate(at)
    promised = answer_by(consultation.submitted_at, settings.REPLY_BUSINESS_DAYS, settings.COMPANY_CLOSURES)
    context = {
        "company": company,
        "reference": consultation.reference,
        "answer_by": promised if promised >= today else None,
        "late": today > received,
        "privacy_url": settings.SITE_URL + reverse("policy:in_force"),
    }
    return EmailMessage(
        subject=f"{company.service} 無料相談のお申し込みを受け付けました",
        body=render_to_string("intake/mail/acknowledgement.txt", context),
        to=[personal.email],
        reply_to=[company.email],
        headers=_headers("acknowledgement", consultation.id),
    )


def notice(consultation: Consultation, *, at: datetime) -> EmailMessage:
    """To staff: a link and nothing else, since mailboxes are no place for what the form holds."""
    page = reverse("admin:intake_consultation_change", args=[consultation.id])
    return EmailMessage(
        subject="無料相談のお申し込みが届きました",
        body=render_to_string("intake/mail/notice.txt", {"link": settings.SITE_URL + page}),
        to=settings.STAFF_NOTIFY,
        headers=_headers("notice", consultation.id),
    )


def _headers(kind: str, record_id: UUID) -> dict[str, str]:
    """A Message-ID that stays, so that a repeated mail is known as one; and no answers by holiday programs."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {"Message-ID": f"<{kind}.{record_id.hex}@{host}>", "Auto-Submitted": "auto-generated"}
