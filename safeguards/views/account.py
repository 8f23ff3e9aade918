"""第6条 (アクセス制御): what staff see to themselves — password, app and recovery codes."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from safeguards.forms import PasswordChangeForm, ProofForm
from safeguards.services import passwords, recovery_codes, sessions
from safeguards.services import sign_in as service
from safeguards.services.sign_in import FactorUnreadable, Throttled
from safeguards.views import steps
from safeguards.views.pages import UNREADABLE, form_page, onward, page, refused, sender, throttled

signed_in = login_required


@never_cache
@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What is set up, and the ways to change it."""
    person = _person(request)
    return page(
        request,
        "account",
        roles=sorted(group.name for group in person.groups.all()),
        needs_factor=sessions.needs_factor(person),
        codes_left=recovery_codes.left(person),
    )


@form_page
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """A new password; the account's other sessions end."""
    person, at = _person(request), timezone.now()
    form = PasswordChangeForm(person, request.POST or None)
    if not form.is_valid():
        return page(request, "password", form)
    try:
        right = service.knows_password(person, form.cleaned_data["old"], sender=sender(request), at=at)
    except Throttled as over:
        return throttled(request, "password", form, over)
    if not right:
        refused(form, "今のパスワードが違います。")
        return page(request, "password", form)
    key = request.session.session_key
    passwords.change(person, form.cleaned_data["password"], session_key=key, at=at)
    update_session_auth_hash(request, person)
    messages.success(request, "パスワードを変更しました。ほかの端末やブラウザーでは、サインアウトしました。")
    return redirect("staff:account")


@form_page
@signed_in
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, until the person says that they are noted down."""
    person = _person(request)
    if request.method == "POST":
        recovery_codes.note_down(person, at=timezone.now())
        return redirect(onward(request))
    to_note = recovery_codes.to_note(person)
    if not to_note:
        return redirect("staff:account")
    return page(request, "codes", codes=to_note, onward=onward(request))


@form_page
@signed_in
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones."""

    def change(person: User) -> HttpResponse:
        if factor := recovery_codes.renew(person, at=timezone.now()):
            sessions.exchange_factor(request.session, factor=factor)
        return redirect(f"{reverse('staff:codes')}?next={reverse('staff:account')}")

    return _after_proof(request, "new_codes", change)


@form_page
@signed_in
def new_app(request: HttpRequest) -> HttpResponse:
    """Another app or telephone; the old one counts until the new one has shown its first code."""

    def change(person: User) -> HttpResponse:
        return steps.set_up(request, person, onward=reverse("staff:account"), at=timezone.now())

    return _after_proof(request, "new_app", change)


def _after_proof(request: HttpRequest, template: str, change: Callable[[User], HttpResponse]) -> HttpResponse:
    person, form = _person(request), ProofForm(request.POST or None)
    if not form.is_valid():
        return page(request, template, form)
    typed = form.cleaned_data["code"]
    try:
        right = service.proves(person, typed, sender=sender(request), at=timezone.now())
    except Throttled as over:
        return throttled(request, template, form, over)
    except FactorUnreadable:
        refused(form, UNREADABLE)
        return page(request, template, form)
    if right:
        return change(person)
    refused(form, "コードが違うか、もう使われています。")
    return page(request, template, form)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - `signed_in` stands before; this tells the types
    return request.user
