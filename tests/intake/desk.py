"""A consultation on the desk, and what the audit and the ledger say of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import connections
from django.utils import timezone

from intake.choices import ContactKind
from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import contacts, submission
from intake.services.technical import Technical
from policy import services as policy
from safeguards.models import AuditEntry

Verb = Callable[[], Any]
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)  # noon of a Tuesday in Tokyo
ADDRESS = "taro@example.jp"


def stored(*, at: datetime = AT, origin: Technical | None = None, **answers: Any) -> Consultation:
    """A consultation as the form stores it."""
    given = Answers(**{"email": ADDRESS, "contact_name": "試験 太郎", "company_name": "試験商事"} | answers)
    edition = policy.in_force(timezone.localdate(at))
    receipt = submission.submit(given, token=uuid4(), edition=edition, at=at, origin=origin)
    return Consultation.objects.get(reference=receipt.reference)


def fresh(consultation: Consultation) -> Consultation:
    """The consultation as the database has it now."""
    return Consultation.objects.get(id=consultation.id)


def contact(
    consultation: Consultation,
    kind: ContactKind = ContactKind.TELEPHONE_IN,
    *,
    by: User,
    on: date | None = None,
    note: str = "",
    at: datetime = AT,
) -> UUID:
    """One entry of the ledger, made by somebody whose page is up to date."""
    seen = fresh(consultation).version
    day = on or timezone.localdate(at)
    return contacts.record(consultation.id, kind=kind, on=day, note=note, seen=seen, by=by, at=at)


def entries(subject: UUID | None) -> list[tuple[str, str, int | None]]:
    """Event, label and actor of what the audit says of the subject since its submission, the oldest first."""
    said = AuditEntry.objects.filter(subject_id=subject).exclude(event="consultation.submitted")
    return list(said.order_by("id").values_list("event", "label", "actor_id"))


def at_once(*verbs: Verb) -> list[Any]:
    """What each verb answered or raised, all begun at the same moment, each on a connection of its own."""
    gate = Barrier(len(verbs))

    def run(verb: Verb) -> Any:
        connections["default"].ensure_connection()
        gate.wait(timeout=10)
        try:
            return verb()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as people:
        return list(people.map(run, verbs))
