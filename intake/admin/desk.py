"""2-1: what staff do on the page of one consultation: each function reads one form and calls one service."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from intake.admin import page
from intake.admin.visit import Visit
from intake.choices import ContactKind, VoidReason
from intake.forms.desk import AddressForm, BounceForm, DeskForm, VoidForm
from intake.models import Contact
from intake.rules.address import likely_meant
from intake.services import contacts, correction, triage
from intake.services.locking import Outdated
from intake.services.mail import DUE_FOR
from intake.services.reading import Event, SealError, UnknownKey

Action = Callable[..., HttpResponse]

BROKEN = "個人情報の封を開けられないため、保存できませんでした。運用の担当者に知らせてください。"
# What a service refuses: the field that it is about, and the words for it.
_REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    triage.NotAssignable: ("assignee", "この方は、いまは担当者にできません。ほかの方を選んでください。"),
    contacts.AlreadyVoid: (None, "このやり取りは、すでに取り消されています。"),
    correction.AlreadyBounced: (None, "不達は、すでに記録されています。"),
    correction.SameAddress: ("email", "いま登録されているメールアドレスと同じです。"),
    SealError: (None, BROKEN),
    UnknownKey: (None, BROKEN),
}

_CHANGED = {
    Event.CONSULTATION_ADVANCED: "状態",
    Event.CONSULTATION_ASSIGNED: "担当者",
    Event.CONSULTATION_PLANNED: "次の対応日",
}


def posted(action: Action) -> Action:
    """Nothing stands at these addresses; whoever comes by a link, or back from signing in, gets the page."""

    @wraps(action)
    def answer(visit: Visit, **rest: UUID) -> HttpResponse:
        return action(visit, **rest) if visit.request.method == "POST" else visit.to_page()

    return answer


@posted
def set_state(visit: Visit) -> HttpResponse:
    """Status, assignee, next action."""
    form = page.state_form(visit, visit.consultation(), visit.request.POST)

    def write() -> str:
        events = triage.set_state(visit.record_id, form.state(), seen=form.seen, by=visit.user, at=visit.at)
        changed = "、".join(_CHANGED[event] for event in events)
        return f"{changed}を変更しました。" if changed else "変更はありませんでした。"

    return _saved(visit, form, write)


@posted
def record_contact(visit: Visit) -> HttpResponse:
    """An entry of the contact ledger."""
    form = page.contact_form(visit, visit.consultation(), visit.request.POST)

    def write() -> str:
        kind, on, note = (form.cleaned_data[name] for name in ("kind", "on", "note"))
        contacts.record(
            visit.record_id,
            kind=ContactKind(kind),
            on=on,
            note=note,
            seen=form.seen,
            by=visit.user,
            at=visit.at,
        )
        return "やり取りを記録しました。"

    return _saved(visit, form, write)


@posted
def void_contact(visit: Visit, contact_id: UUID) -> HttpResponse:
    """Taking a mistaken entry back."""
    contact = Contact.objects.only("id").get(id=contact_id, consultation_id=visit.record_id)
    form = VoidForm(visit.request.POST, contact_id=contact.id)

    def write() -> str:
        reason = VoidReason(form.cleaned_data["reason"])
        contacts.void(contact.id, reason=reason, seen=form.seen, by=visit.user, at=visit.at)
        return "やり取りを取り消しました。"

    return _saved(visit, form, write)


@posted
def mark_bounced(visit: Visit) -> HttpResponse:
    """A mail that came back."""
    form = BounceForm(visit.request.POST)

    def write() -> str:
        correction.mark_bounced(visit.record_id, seen=form.seen, by=visit.user, at=visit.at)
        return "不達を記録しました。"

    return _saved(visit, form, write)


@posted
def check_address(visit: Visit) -> HttpResponse:
    """The new address shown back, before it takes the old one's place; 「戻る」 leads here too."""
    form = AddressForm(visit.request.POST)
    if not form.is_valid() or "back" in visit.request.POST:
        return page.show(visit, form)
    email, consultation = form.cleaned_data["email"], visit.consultation()
    context = {
        "title": "メールアドレスの訂正",
        "consultation": consultation,
        "email": email,
        "meant": likely_meant(email),
        "seen": form.seen,
        "is_sent_again": consultation.submitted_at >= visit.at - DUE_FOR,
    }
    return visit.render("address", context)


@posted
def correct_address(visit: Visit) -> HttpResponse:
    """The address that was shown back."""
    form = AddressForm(visit.request.POST)

    def write() -> str:
        email = form.cleaned_data["email"]
        correction.correct_address(visit.record_id, email=email, seen=form.seen, by=visit.user, at=visit.at)
        return "メールアドレスを訂正しました。"

    return _saved(visit, form, write)


def _saved(visit: Visit, form: DeskForm, write: Callable[[], str]) -> HttpResponse:
    """Write what is in order, and lead to the page with what `write` says; else the page with all that was typed."""
    if form.is_valid():
        try:
            done = write()
        except Outdated:
            pass  # the page tells it, by the versions
        except tuple(_REFUSALS) as refusal:
            form.add_error(*next(words for kind, words in _REFUSALS.items() if isinstance(refusal, kind)))
        else:
            messages.success(visit.request, done)
            return visit.to_page()
    return page.show(visit, form)
