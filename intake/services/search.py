"""2-1: finding consultations by company and by exact e-mail, without opening any envelope."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet

from intake.models import KIND, Consultation
from intake.rules import company
from safeguards.services import audit, lookups
from safeguards.services.audit import Event

MOST = 20  # of those alike
Row = TypeVar("Row", bound=Model)  # a consultation: the admin's query sets are of models in general

# Of the newest names; where so many of them have a part, the first page is found by walking down the list.
_LOOKED_AT, _COMMON = 2000, 50


@dataclass(frozen=True)
class Alike:
    """Other consultations that may be of the same person or company, newest first, at most 20 each."""

    same_email: list[Consultation]
    same_company: list[Consultation]


def by_company(consultations: QuerySet[Row], part: str) -> QuerySet[Row]:
    """Those whose company's name contains `part`, however either is written; the index finds its pieces."""
    normal = company.normal(part)
    named = consultations.filter(company_normal__contains=normal)
    # PostgreSQL takes a word's pieces for independent, so ホールディングス for very rare, and would fetch and sort
    # everything that has it. Of what is common the newest are found sooner without the index.
    newest = Consultation.objects.values_list("company_normal", flat=True)[:_LOOKED_AT]
    if sum(normal in name for name in newest) >= _COMMON:
        return named
    return named.filter(company_grams__contains=company.wanted(normal))


@transaction.atomic
def by_email(email: str, *, by: User, at: datetime) -> list[UUID]:
    """The ids of the consultations sent with exactly this address, newest first; the audit gets the count."""
    # Asked of the table: a key that a crash left behind has no record, and a correction makes an old record's key new.
    ids = list(Consultation.objects.filter(id__in=lookups.find(KIND, email)).values_list("id", flat=True))
    audit.record(Event.CONSULTATIONS_FOUND, actor=by, at=at, subject_kind=KIND, label=str(len(ids)))
    return ids


def alike(consultation: Consultation) -> Alike:
    """Who else wrote with this address, or for a company of this name."""
    others = Consultation.objects.defer("sealed", "technical").exclude(id=consultation.id)
    same_email = others.filter(id__in=lookups.alike(KIND, consultation.id))[:MOST]
    normal = consultation.company_normal
    same_company = others.filter(company_normal=normal)[:MOST] if normal else []
    return Alike(list(same_email), list(same_company))
