"""第9条: the contact ledger as staff read it, and which entry sets the day of the last contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from intake.admin.envelope import Envelope
from intake.forms.desk import VoidForm
from intake.models import Consultation, Contact
from intake.rules import contacts as rules
from intake.services.triage import name_of


@dataclass(frozen=True)
class Entry:
    """One contact. `without` is the day of the last contact that voiding it would leave, where that is another."""

    contact: Contact
    note: str
    recorded_by: str
    voided_by: str
    counts: bool
    is_last: bool
    without: date | None
    void_form: VoidForm | None


@dataclass(frozen=True)
class Ledger:
    """The submission, which is the first contact, and the entries since in their order."""

    submission_is_last: bool
    entries: list[Entry]


def ledger(
    consultation: Consultation, envelope: Envelope, void_form: Callable[[UUID], VoidForm] | None
) -> Ledger:
    """Every entry, voided ones too; `void_form` gives the form of each for those who may take one back."""
    found = consultation.contacts.select_related("recorded_by", "voided_by")
    contacts = list(found.order_by("on", "recorded_at", "id"))
    counting = [each for each in contacts if each.voided_at is None and each.kind in rules.COUNTING]
    last = next((each for each in reversed(counting) if each.on == consultation.last_contact_on), None)
    submitted_on = timezone.localdate(consultation.submitted_at)

    def entry(contact: Contact) -> Entry:
        others = [each.on for each in counting if each is not contact]
        left = rules.last_contact(submitted_on, others)
        stands = contact.voided_at is None
        return Entry(
            contact=contact,
            note=_note(contact, envelope),
            recorded_by=name_of(contact.recorded_by),
            voided_by=name_of(contact.voided_by) if contact.voided_by else "",
            counts=contact in counting,
            is_last=contact is last,
            without=left if left != consultation.last_contact_on else None,
            void_form=void_form(contact.id) if void_form and stands else None,
        )

    return Ledger(last is None, [entry(contact) for contact in contacts])


def _note(contact: Contact, envelope: Envelope) -> str:
    if contact.note is None:
        return ""
    return envelope.notes.get(contact.id, envelope.instead)
