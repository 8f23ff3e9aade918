"""2-1: what staff do on the page of one consultation: each function reads one form and calls one service."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from intake.admin import page
from intake.admin.visit import Visit
from intake.choices import ContactKind, MailState, VoidReason
from intake.forms import texts as text_forms
from intake.forms.desk import AddressForm, DeskForm, VoidForm
from intake.models import Contact
from intake.rules.address import likely_meant
from intake.services import asking, contacts, correction, erasure, mail_state, review, triage
from intake.services.locking import Outdated
from intake.services.reading import Event, SealError, UnknownKey

Action = Callable[..., HttpResponse]

BROKEN = "個人情報の封を開けられないため、保存できませんでした。運用の担当者に知らせてください。"
# What a service refuses: the field that it is about, and the words for it.
_REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    triage.NotAssignable: ("assignee", "この方は、いまは担当者にできません。ほかの方を選んでください。"),
    contacts.AlreadyVoid: (None, "このやり取りは、すでに取り消されています。"),
    correction.AlreadyBounced: (None, "不達は、すでに記録されています。"),
    correction.NotBounced: (None, "不達の記録は、すでに取り消されています。"),
    correction.SameAddress: ("email", "いま登録されているメールアドレスと同じです。"),
    asking.AlreadyDue: (None, "この相談の自由記載は、すでに要確認です。"),
    review.NotDue: (None, "この相談の自由記載は、すでに確認されています。"),
    review.PlacesChanged: ("places", text_forms.CHANGED),
    review.RulesChanged: (None, text_forms.OTHER_RULES),
    review.PassageNotFound: (
        "passage",
        "この欄に、入力された箇所が見つかりません。上の文と、一文字ずつ同じかを確かめてください。",
    ),
    erasure.Held: (None, "消去が保留されているため、消去できません。"),
    SealError: (None, BROKEN),
    UnknownKey: (None, BROKEN),
}

_CHANGED = {
    Event.CONSULTATION_ADVANCED: "状態",
    Event.CONSULTATION_ASSIGNED: "担当者",
    Event.CONSULTATION_PLANNED: "次の対応日",
}


def shown_by(button: Callable[[Visit], str]) -> Callable[[Action], Action]:
    """As `posted`, where something is shown: who comes without a press is told which `button` shows it, if any."""

    def only_posted(action: Action) -> Action:
        @wraps(action)
        def answer(visit: Visit, **rest: UUID) -> HttpResponse:
            if visit.request.method == "POST":
                return action(visit, **rest)
            if name := button(visit):
                messages.warning(visit.request, f"もう一度「{name}」を押してください。")
            return visit.to_page()

        return answer

    return only_posted


def posted(action: Action) -> Action:
    """Nothing stands at these addresses; whoever comes by a link, or back from signing in, gets the page."""
    return shown_by(lambda visit: "")(action)


@posted
def set_state(visit: Visit) -> HttpResponse:
    """Status, assignee, next action."""
    form = page.state_form(visit, visit.consultation(), visit.request.POST)

    def write() -> str:
        events = triage.set_state(visit.record_id, form.state(), seen=form.seen, by=visit.user, at=visit.at)
        changed = "、".join(_CHANGED[event] for event in events)
        return f"{changed}を変更しました。" if changed else "変更はありませんでした。"

    return saved(visit, form, write)


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
            kept=form.findings,
            seen=form.seen,
            by=visit.user,
            at=visit.at,
        )
        return "やり取りを記録しました。"

    return saved(visit, form, write)


@posted
def void_contact(visit: Visit, contact_id: UUID) -> HttpResponse:
    """Taking a mistaken entry back."""
    contact = Contact.objects.only("id").get(id=contact_id, consultation_id=visit.record_id)
    form = VoidForm(visit.request.POST, contact_id=contact.id)

    def write() -> str:
        reason = VoidReason(form.cleaned_data["reason"])
        contacts.void(contact.id, reason=reason, seen=form.seen, by=visit.user, at=visit.at)
        return "やり取りを取り消しました。"

    return saved(visit, form, write)


@posted
def mark_bounced(visit: Visit) -> HttpResponse:
    """A mail that came back; or, with `clear`, did not."""
    form = DeskForm("bounce", visit.request.POST)

    def write() -> str:
        if "clear" in visit.request.POST:
            correction.clear_bounce(visit.record_id, seen=form.seen, by=visit.user, at=visit.at)
            return "不達の記録を取り消しました。"
        correction.mark_bounced(visit.record_id, seen=form.seen, by=visit.user, at=visit.at)
        return "不達を記録しました。"

    return saved(visit, form, write)


@posted
def ask_review(visit: Visit) -> HttpResponse:
    """Having the free texts looked at by those who may."""
    form = DeskForm("texts", visit.request.POST)

    def write() -> str:
        asking.ask(visit.record_id, seen=form.seen, by=visit.user, at=visit.at)
        return "自由記載の確認を、個人情報管理者に頼みました。確かめ終わるまで、伏せて表示します。"

    return saved(visit, form, write)


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
        "is_sent_again": mail_state.after_correction(consultation, at=visit.at) is MailState.DUE,
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

    return saved(visit, form, write)


def saved(
    visit: Visit,
    form: DeskForm,
    write: Callable[[], str],
    *,
    again: Callable[[Visit, DeskForm], HttpResponse] = page.show,
    then: Callable[[Visit], HttpResponse] = Visit.to_page,
) -> HttpResponse:
    """Write what is in order, and `then` lead to the page with what `write` says; else `again`, with all that was
    typed."""
    if form.is_valid():
        try:
            done = write()
        except Outdated:
            pass  # the page tells it, by the versions
        except tuple(_REFUSALS) as refusal:
            form.add_error(*next(words for kind, words in _REFUSALS.items() if isinstance(refusal, kind)))
        else:
            messages.success(visit.request, done)
            return then(visit)
    return again(visit, form)
