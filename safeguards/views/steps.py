"""第6条 (アクセス制御): between password and second factor nobody is signed in; the session only knows the step."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from safeguards.services import factors, sessions, sign_in, throttles
from safeguards.views.pages import keep_browser_mark

KEY = "signing_in"
LASTS = timedelta(minutes=30)  # time enough to find the telephone, and to install an app
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Step:
    """Whose password was right, the factor that is being set up if one is, and where to go on."""

    account: User
    setting_up: UUID | None
    onward: str


def after_password(request: HttpRequest, account: User, *, onward: str, at: datetime) -> HttpResponse:
    """To the second step: a code, or, the first time, setting the app up."""
    # A key that somebody else may have planted or seen is worth nothing from here on.
    request.session.flush()
    if not sessions.needs_factor(account):
        sign_in.note(account, at=at)
        return complete(request, account, onward=onward, at=at)
    if factors.confirmed_id(account):
        _remember(request, account, setting_up=None, onward=onward, at=at)
        return redirect("staff:code")
    return set_up(request, account, onward=onward, at=at)


def set_up(request: HttpRequest, account: User, *, onward: str, at: datetime) -> HttpResponse:
    """To the page that shows a fresh secret."""
    _remember(request, account, setting_up=factors.begin(account, at=at), onward=onward, at=at)
    return redirect("staff:set_up")


def current(request: HttpRequest, *, at: datetime) -> Step | None:
    """The step that this session has reached; None when it took too long, or the password changed meanwhile."""
    kept = request.session.get(KEY)
    if not kept or at - datetime.fromtimestamp(kept["since"], UTC) >= LASTS:
        return None
    account = User.objects.filter(pk=kept["account"], is_active=True, is_staff=True).first()
    if account is None or not constant_time_compare(account.get_session_auth_hash(), kept["hash"]):
        return None
    return Step(account, UUID(hex=kept["setting_up"]) if kept["setting_up"] else None, kept["onward"])


def complete(request: HttpRequest, account: User, *, onward: str, at: datetime) -> HttpResponse:
    """Sign in, under a new session key, and go on."""
    factor = factors.confirmed_id(account)
    request.session.pop(KEY, None)
    login(request, account, backend=BACKEND)
    sessions.start(request.session, factor=factor, at=at)
    response = redirect(onward)
    if factor:
        keep_browser_mark(response, throttles.browser_mark(account, factor))
    return response


def _remember(
    request: HttpRequest, account: User, *, setting_up: UUID | None, onward: str, at: datetime
) -> None:
    request.session[KEY] = {
        "account": account.pk,
        "since": int(at.timestamp()),
        "hash": account.get_session_auth_hash(),
        "setting_up": setting_up.hex if setting_up else "",
        "onward": onward,
    }
