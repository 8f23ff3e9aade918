"""第6条 (アクセス制御): no page of staff's, by link or typed address, without a fresh session and the second factor."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from safeguards.services import sessions
from safeguards.services.sessions import Standing

GetResponse = Callable[[HttpRequest], HttpResponse]


def staff_session(get_response: GetResponse) -> GetResponse:
    """Show a signed-in person nothing before the session is found good; one that is not is ended and says why.

    It looks at every address, not only the admin's: a page that comes tomorrow is behind it too. Whoever has
    no session cookie, as all prospects, costs nothing here.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
            return get_response(request)
        at = timezone.now()
        found = sessions.standing(request.session, request.user, at=at)
        if found in _REASONS:
            return _sign_out(request, _REASONS[found])
        if found is Standing.CODES_DUE and request.path not in _open_with_codes_due():
            return redirect(f"{reverse('staff:codes')}?{urlencode({'next': _asked_for(request)})}")
        sessions.saw(request.session, at=at)
        return get_response(request)

    return middleware


_GO_ON = "、サインアウトしました。もう一度サインインすると、続きのページを開きます。"
_REASONS = {
    Standing.IDLE: f"しばらく操作がなかったため{_GO_ON}",
    Standing.TOO_LONG: f"サインインから8時間たったため{_GO_ON}",
    Standing.NO_FACTOR: "2段階認証の確認が必要です。もう一度サインインしてください。",
}


def _open_with_codes_due() -> set[str]:
    return {reverse("staff:codes"), reverse("staff:sign_out")}


def _sign_out(request: HttpRequest, reason: str) -> HttpResponse:
    asked_for = _asked_for(request)
    logout(request)
    messages.warning(request, reason)
    return redirect(f"{reverse('staff:sign_in')}?{urlencode({'next': asked_for})}")


def _asked_for(request: HttpRequest) -> str:
    """Where to go on: the page asked for, or the page on which the form stood."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else reverse("admin:index")
