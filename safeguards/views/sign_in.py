"""第6条 (アクセス制御): signing in with password and code, and out."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from safeguards.forms import CodeForm, RecoveryCodeForm, SignInForm
from safeguards.services import recovery_codes
from safeguards.services import sign_in as service
from safeguards.services.sign_in import FactorUnreadable, Sender, Throttled
from safeguards.views import steps
from safeguards.views.pages import UNREADABLE, form_page, onward, page, refused, sender, throttled

WRONG = "ユーザー名かパスワードが違います。大文字と小文字も区別します。"
WRONG_CODE = (
    "コードが違います。認証アプリの今の数字を入力してください。使った数字は、次に変わるまで使えません。"
)
WRONG_RECOVERY_CODE = "回復コードが違うか、もう使われています。"
AGAIN = "時間がたったため、はじめからやり直してください。"

Check = Callable[[User, str, Sender, datetime], bool]


@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; whoever is signed in already goes on."""
    going = onward(request)
    if isinstance(request.user, User) and request.method != "POST":
        return redirect(going)
    form, at = SignInForm(request.POST or None), timezone.now()
    if not form.is_valid():
        return page(request, "sign_in", form, onward=going)
    typed = form.cleaned_data
    try:
        account = service.password(typed["username"], typed["password"], sender=sender(request), at=at)
    except Throttled as over:
        return throttled(request, "sign_in", form, over, onward=going)
    if account is None:
        refused(form, WRONG)
        return page(request, "sign_in", form, onward=going)
    return steps.after_password(request, account, onward=going, at=at)


@form_page
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app."""

    def check(account: User, typed: str, sender: Sender, at: datetime) -> bool:
        return service.code(account, typed, sender=sender, at=at)

    return _second_step(request, "code", CodeForm(request.POST or None), check, WRONG_CODE)


@form_page
def recovery(request: HttpRequest) -> HttpResponse:
    """The second step without the app: one of the codes that were noted down."""

    def check(account: User, typed: str, sender: Sender, at: datetime) -> bool:
        if not service.recovery_code(account, typed, sender=sender, at=at):
            return False
        left = recovery_codes.left(account)
        messages.warning(request, f"回復コードを1つ使いました。残りは{left}個です。")
        return True

    return _second_step(
        request, "recovery", RecoveryCodeForm(request.POST or None), check, WRONG_RECOVERY_CODE
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. By POST alone: no link or picture of another site's signs anybody out."""
    logout(request)
    messages.success(request, "サインアウトしました。")
    return redirect("staff:sign_in")


def _second_step(request: HttpRequest, template: str, form: Form, check: Check, wrong: str) -> HttpResponse:
    at = timezone.now()
    step = steps.current(request, at=at)
    if step is None or step.setting_up:
        messages.warning(request, AGAIN)
        return redirect("staff:sign_in")
    if not form.is_valid():
        return page(request, template, form)
    try:
        right = check(step.account, form.cleaned_data["code"], sender(request), at)
    except Throttled as over:
        return throttled(request, template, form, over)
    except FactorUnreadable:
        refused(form, UNREADABLE)
        return page(request, template, form)
    if right:
        return steps.complete(request, step.account, onward=step.onward, at=at)
    refused(form, wrong)
    return page(request, template, form)
