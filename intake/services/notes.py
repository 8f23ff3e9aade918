"""2-1: what staff's own notes in the contact ledger tell of people whom they need not name. Nothing of it is kept."""

from collections.abc import Iterator

from django.contrib.auth.models import User

from intake.models import Consultation
from intake.rules.answers import PersonalPart
from intake.services import free_texts, reading, triage
from intake.services.free_texts import Finding, Kind
from intake.services.reading import SealError, UnknownKey

__all__ = ["Finding", "Kind", "found"]


def found(note: str, *, consultation: Consultation, by: User) -> list[Finding]:
    """What looks personal in the note of `by`, whom nobody is warned about without need.

    The prospect's company, name and address are what notes are about, and colleagues hand work on by name: none of
    them is a finding. The envelope is opened only where something was found, and for nobody to read; and not for
    who may not open it, since a warning that comes or stays away would tell whether a guess is right.
    """
    company = consultation.company_name
    if not free_texts.find_in(note, company=company):
        return []
    asker = _asker(consultation) if by.has_perm("intake.open_envelope") else PersonalPart()
    names = " ".join([asker.contact_name, *_colleagues(by, consultation)])
    findings = free_texts.find_in(note, company=company, name=names)
    return [each for each in findings if not _is_address(note, each, asker.email)]


def _asker(consultation: Consultation) -> PersonalPart:
    try:
        return reading.unseal(consultation).personal
    except (SealError, UnknownKey):
        return PersonalPart()  # saving says so: no note is sealed without the key


def _colleagues(by: User, consultation: Consultation) -> Iterator[str]:
    """Family and given names, and both together, of who writes, who works on it, and whom it may be handed to."""
    assigned = [consultation.assignee] if consultation.assignee else []
    for account in {by, *assigned, *triage.assignable()}:
        yield from (account.last_name, account.first_name, f"{account.last_name}{account.first_name}")


def _is_address(note: str, finding: Finding, address: str) -> bool:
    return finding.kind is Kind.EMAIL and note[finding.start : finding.end].lower() == address.lower()
