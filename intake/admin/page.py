"""2-1: the page of one consultation, as it is now, with whatever was typed and could not be saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils import timezone

from intake.admin.answers import answers
from intake.admin.envelope import Envelope, opened
from intake.admin.ledger import ledger
from intake.admin.visit import Visit
from intake.choices import Review
from intake.forms.contact import ContactForm
from intake.forms.desk import AddressForm, DeskForm, VoidForm
from intake.forms.state import StateForm
from intake.models import KIND, Consultation
from intake.rules.progress import CLOSED
from intake.services import changes, free_texts, history, mail_state, notes, search, technical, triage
from intake.services.changes import Change
from safeguards.services import holds, staff


@dataclass(frozen=True)
class ChangeView:
    """A change that came meanwhile, as (event, from what to what or the like); one's own, when a button was pressed
    twice or in another window."""

    at: datetime
    by: str
    is_own: bool
    said: list[tuple[str, str]]


def show(visit: Visit, tried: DeskForm | None = None) -> HttpResponse:
    """The page; with `tried`, a form that was not saved: its messages on top, and all that was typed in it.

    The envelope is opened once a page, for those who may: each page that was shown is one audit entry, and so is
    the page that is shown again because a form was not in order or a colleague was faster.
    """
    consultation = visit.consultation()
    seen = tried.seen if tried else consultation.version
    is_outdated = seen != consultation.version
    if is_outdated and isinstance(tried, StateForm):
        tried = tried.on(consultation)
    envelope = opened(visit, consultation)
    context = {
        "title": consultation.reference,
        "consultation": consultation,
        "envelope": envelope,
        "steps": answers(consultation, envelope),
        "alike": _alike(visit, consultation),
        "tried": tried,
        "problems": tried.problems if tried else [],
        "is_outdated": is_outdated,
        **meanwhile(visit, consultation, seen),
        **_facts(visit, consultation, envelope),
        **_desk(visit, consultation, envelope, tried),
        **_technical(visit, consultation),
    }
    return visit.render("page", context)


def state_form(visit: Visit, consultation: Consultation, data: QueryDict | None = None) -> StateForm:
    return StateForm(
        data,
        consultation=consultation,
        assignable=list(triage.assignable()),
        user=visit.user,
        as_of=visit.today,
    )


def contact_form(visit: Visit, consultation: Consultation, data: QueryDict | None = None) -> ContactForm:
    submitted_on = timezone.localdate(consultation.submitted_at)
    screen = partial(notes.found, consultation=consultation, by=visit.user)
    return ContactForm(data, submitted_on=submitted_on, as_of=visit.today, screen=screen)


def meanwhile(visit: Visit, consultation: Consultation, seen: int) -> dict[str, Any]:
    """What was changed since the page was shown: one's own changes too, by a second press or in another window."""
    names = cache(triage.names)
    found = [_change(visit, each, names) for each in changes.since(consultation, seen=seen)]
    return {"changes": found, "own_change": any(each.is_own for each in found)}


def _change(visit: Visit, change: Change, names: Callable[[], Mapping[int, str]]) -> ChangeView:
    said = [
        (str(event.label), staff.with_names(history.in_words(event, label), names))
        for event, label in change.entries
    ]
    by = triage.name_of(change.by) if change.by else "システム"
    return ChangeView(change.at, by, change.by == visit.user, said)


def _alike(visit: Visit, consultation: Consultation) -> list[tuple[str, list[Consultation]]]:
    """Other consultations of the same person, for those who may know persons, or of the same company."""
    found = search.alike(consultation)
    same_email = found.same_email if visit.may("open_envelope") else []
    named = (("同じメールアドレス", same_email), ("同じ会社", found.same_company))
    return [(f"{same}の相談が{_count(others)}あります。", others) for same, others in named if others]


def _count(others: list[Consultation]) -> str:
    return f"{len(others)}件" + ("以上" if len(others) == search.MOST else "")


def _facts(visit: Visit, consultation: Consultation, envelope: Envelope) -> dict[str, Any]:
    """What stands on top."""
    next_on = consultation.next_action_on
    return {
        "assignee": triage.name_of(consultation.assignee) if consultation.assignee else "",
        "is_late": next_on is not None and next_on < visit.today,
        "is_today": next_on == visit.today,
        "is_closed": consultation.status in CLOSED,
        "mail_state": mail_state.of(consultation, at=visit.at),
        "may_open": visit.may("open_envelope"),
        "may_ask": visit.may("triage") and not visit.may("review_texts"),
        "may_review": visit.may("open_envelope") and visit.may("review_texts"),
        "has_texts": any(getattr(envelope.personal, field, "") for field in free_texts.FIELDS),
        "is_due": consultation.review == Review.DUE,
        "holds": holds.open_of(kind=KIND, record_id=consultation.id),
        "may_audit": visit.user.has_perm("safeguards.view_auditentry"),
    }


def _desk(
    visit: Visit, consultation: Consultation, envelope: Envelope, tried: DeskForm | None
) -> dict[str, Any]:
    """The ledger, and the forms for those who may use them."""
    if not visit.may("triage"):
        return {"ledger": ledger(consultation, envelope, None)}

    def void_form(contact_id: UUID) -> VoidForm:
        form = VoidForm(None, contact_id=contact_id)
        return tried if isinstance(tried, VoidForm) and tried.name == form.name else form

    return {
        "ledger": ledger(consultation, envelope, void_form),
        "state_form": tried if isinstance(tried, StateForm) else state_form(visit, consultation),
        "contact_form": tried if isinstance(tried, ContactForm) else contact_form(visit, consultation),
        "bounce_form": DeskForm("bounce", None),
        "address_form": tried if isinstance(tried, AddressForm) else AddressForm(None),
    }


def _technical(visit: Visit, consultation: Consultation) -> dict[str, Any]:
    """Whether there is anything to open, and why not; for those who may."""
    if not visit.may("open_technical"):
        return {}
    return {
        "may_open_technical": True,
        "kept_days": technical.kept_days(consultation, at=visit.at),
        "kept_ended": technical.is_over(consultation, at=visit.at),
    }
