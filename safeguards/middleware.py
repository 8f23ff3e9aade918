"""第6条 (アクセス制御): no page of staff's, by link or typed address, without a fresh session and the second factor."""

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from safeguards.services import sessions
from safeguards.services.sessions import Standing

GetResponse = Callable[[HttpRequest], HttpResponse]


def staff_session(get_response: GetResponse) -> GetResponse:
    """Serve nobody as signed in before the session is found good; one that is not is ended and says why.

    It looks at every address: a page that comes tomorrow is behind it too. The public's pages are served all
    the same, to nobody: what a prospect typed there has nothing to do with a session of staff.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        at, page = timezone.now(), _staffs_page(request.path)
        found = _standing(request, at=at)
        if found is Standing.GOOD or (found is Standing.CODES_DUE and page in _OPEN_WITH_CODES_DUE):
            sessions.saw(request.session, at=at)
            return get_response(request)
        if found is Standing.CODES_DUE:
            request.user = AnonymousUser()
        elif found is not Standing.NOBODY:
            logout(request)
        if not page or page in _WAYS_IN:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return _not_saved(request, found, page)
        return get_response(request) if found is Standing.NOBODY else _led_on(request, found)

    return middleware


_WAYS_IN = {f"staff:{name}" for name in ("sign_in", "sign_out", "code", "recovery", "set_up", "welcome")}
_OPEN_WITH_CODES_DUE = _WAYS_IN | {"staff:codes"}
_REASONS = {
    Standing.NOBODY: "サインインしていません。",
    Standing.NOT_STAFF: "このアカウントでは、職員用のページを使えなくなりました。",
    Standing.IDLE: "しばらく操作がなかったため、サインアウトしました。",
    Standing.TOO_LONG: "サインインから8時間たったため、サインアウトしました。",
    Standing.NO_FACTOR: "2段階認証の確認が必要です。",
    Standing.CODES_DUE: "新しい回復コードを、まだ控えていません。",
}
_GO_ON = "もう一度サインインすると、続きのページを開きます。"
# What is never shown: secrets, and the admin's own buttons, whose words nobody typed.
_NOT_SHOWN = re.compile(r"password|code|token|csrf|^_", re.IGNORECASE)
# A space, an @ or a letter beyond ASCII: typed by a person. Ids, days and choices' values have none.
_TYPED = re.compile(r"[^!-?A-~]")


def _standing(request: HttpRequest, *, at: datetime) -> Standing:
    """Whoever has no session cookie, as all prospects, costs nothing here."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return Standing.NOBODY
    return sessions.standing(request.session, request.user, at=at)


def _staffs_page(path: str) -> str:
    """What the page below /admin/ is called; empty for the public's."""
    if not path.startswith(reverse("admin:index")):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return "none"


def _led_on(request: HttpRequest, found: Standing) -> HttpResponse:
    if found is not Standing.CODES_DUE:
        again = "" if found is Standing.NOT_STAFF else _GO_ON
        messages.warning(request, f"{_REASONS[found]}{again}")
    return redirect(_way_on(found, request.get_full_path()))


def _not_saved(request: HttpRequest, found: Standing, page: str) -> HttpResponse:
    """What was sent from an ended session: written nowhere, but shown to whoever sent it, to be copied.

    The browser's Back would not bring it back, since staff's pages are in no cache. Another site's form is not
    repeated here, nor are the pages where passwords and codes are typed.
    """
    own = _own_page(request)
    typed = _typed(request) if own and page.startswith("admin:") else []
    context = {
        "reason": _REASONS[found],
        "codes_due": found is Standing.CODES_DUE,
        "typed": typed,
        "way_on": _way_on(found, own or reverse("admin:index")),
    }
    response = render(request, "safeguards/not_saved.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _typed(request: HttpRequest) -> list[str]:
    return [
        str(value)
        for name, values in request.POST.lists()
        if not _NOT_SHOWN.search(name)
        for value in values
        if _TYPED.search(str(value))
    ]


def _way_on(found: Standing, asked_for: str) -> str:
    way = "staff:codes" if found is Standing.CODES_DUE else "staff:sign_in"
    return f"{reverse(way)}?{urlencode({'next': asked_for})}"


def _own_page(request: HttpRequest) -> str:
    """The page of this site on which the form stood; empty for another's."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else ""
