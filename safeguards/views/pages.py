"""第6条 (アクセス制御): what staff's pages share — the form's page, who is asking, and where to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safeguards.services import addresses, throttles
from safeguards.services.sign_in import Sender, Throttled

View = Callable[..., HttpResponse]

_TOO_MANY = "続けて何度も試されたため、いまは確認できません。{time}を過ぎてから、もう一度お試しください。"
UNREADABLE = "2段階認証の情報を読み出せませんでした。個人情報管理者に、再設定を頼んでください。"


@dataclass(frozen=True)
class Problem:
    """One line of the error summary and the id of the input it links to."""

    target: str
    message: str


def form_page(view: View) -> View:
    """A page with a form that holds a secret: shown and sent at one address, in no cache and no fault report."""
    return never_cache(sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(view)))


def page(
    request: HttpRequest,
    template: str,
    form: Form | None = None,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """The page, with its form's faults in a summary on top."""
    return render(
        request,
        f"safeguards/{template}.html",
        {"form": form, "problems": _problems(form) if form else [], **context},
        status=status,
    )


def refused(form: Form, message: str) -> None:
    """Say under the form's first field, which is where to try again, why nothing came of it."""
    form.add_error(next(iter(form.fields)), message)


def throttled(
    request: HttpRequest, template: str, form: Form, over: Throttled, **context: object
) -> HttpResponse:
    """The page again, saying from when on another try is looked at."""
    refused(form, _TOO_MANY.format(time=f"{timezone.localtime(over.resets_at):%H時%M分}"))
    response = page(request, template, form, status=429, **context)
    response.headers["Retry-After"] = str(ceil((over.resets_at - timezone.now()).total_seconds()))
    return response


def sender(request: HttpRequest) -> Sender:
    """Where the request comes from."""
    client = addresses.client(
        remote=request.META.get("REMOTE_ADDR", ""), forwarded=request.headers.get("X-Forwarded-For", "")
    )
    return Sender(addresses.sender(client), request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""))


def keep_browser_mark(response: HttpResponse, mark: str) -> None:
    """Let the browser be known to its account's next sign-in."""
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        mark,
        max_age=timedelta(days=throttles.BROWSER_DAYS),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def onward(request: HttpRequest) -> str:
    """The page of this site that `next` names; the admin's home for anything else."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if own else reverse("admin:index")


def _problems(form: Form) -> list[Problem]:
    return [
        Problem(form[name].auto_id, str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
