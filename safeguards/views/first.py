"""第6条 (アクセス制御): the first time — a password by the one-time link, then the authenticator app."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from safeguards.forms import CodeForm, NewPasswordForm
from safeguards.rules import qr
from safeguards.services import factors, passwords
from safeguards.services import sign_in as service
from safeguards.views import steps
from safeguards.views.pages import form_page, page, refused
from safeguards.views.sign_in import AGAIN

NO_MATCH = "コードが違います。アプリの今の6桁を入力してください。端末の時刻が合っているかもお確かめください。"


@form_page
def welcome(request: HttpRequest, account_id: int, token: str) -> HttpResponse:
    """Set the password that the link is for. Looking at the page uses nothing up."""
    account = passwords.account_of(account_id, token)
    if account is None:
        return page(request, "link_over", status=410)
    form, at = NewPasswordForm(account, request.POST or None), timezone.now()
    if not form.is_valid():
        return page(request, "welcome", form, username=account.get_username())
    set_for = passwords.set_by_link(account_id, token, form.cleaned_data["password"], at=at)
    if set_for is None:
        return page(request, "link_over", status=410)
    return steps.after_password(request, set_for, onward=reverse("admin:index"), at=at)


@form_page
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret, as picture and as text, until the app's first code shows that it arrived."""
    at = timezone.now()
    step = steps.current(request, at=at)
    shown = factors.enrolment(step.account, step.setting_up) if step and step.setting_up else None
    if step is None or step.setting_up is None or shown is None:
        messages.warning(request, AGAIN)
        return redirect("staff:sign_in")
    form, code = CodeForm(request.POST or None), qr.draw(shown.uri)
    if not form.is_valid():
        return page(request, "set_up", form, secret=shown.secret, qr=code)
    if not factors.confirm(step.account, step.setting_up, form.cleaned_data["code"], at=at):
        refused(form, NO_MATCH)
        return page(request, "set_up", form, secret=shown.secret, qr=code)
    service.note(step.account, at=at)
    codes = f"{reverse('staff:codes')}?{urlencode({'next': step.onward})}"
    return steps.complete(request, step.account, onward=codes, at=at)
