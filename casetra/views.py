"""The landing page and the error pages."""

import sys

from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from casetra import logs

INQUIRY_LENGTH = 8  # of the request id's 32 digits: short enough to be read out on the telephone


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Casetra does, for whom, and where to go from here."""
    return render(request, "home.html")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon's usual address, which Django admin's pages and old browsers ask for."""
    return redirect(static("img/favicon.svg"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; a body beyond Django's limits is told so, since only a shorter one helps."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return render(request, "400.html", {"too_much": too_much}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, for staff inside their admin."""
    if _is_staffs(request):
        said = "あなたの役割では、このページを見られません。必要なときは、運用の担当者にご相談ください。"
        return _refused(request, "このページは表示できません", said, status=403)
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A refusal that loses nothing: the browser's Back shows the answers, and so does the offered button.

    The button posts what was typed with a fresh token, but neither the action nor agreement and tick: another
    site's page could have sent it here, so it must show the form again and store nothing.
    """
    context = {"carried": _carried(request) if _is_public_form(request) else []}
    return render(request, "403_csrf.html", context, status=403)


def _is_public_form(request: HttpRequest) -> bool:
    # Not the admin, whose sign-in page posts a password.
    return request.resolver_match is not None and request.resolver_match.view_name == "intake:consultation"


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    dropped = {"csrfmiddlewaretoken", "action", "agree", "not_personal"}
    return [
        (name, str(value)) for name, values in request.POST.lists() if name not in dropped for value in values
    ]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, for staff inside their admin."""
    if _is_staffs(request):
        said = "アドレスに誤りがあるか、消去された記録です。"
        return _refused(request, "ページが見つかりません", said, status=404)
    return render(request, "404.html", status=404)


def _is_staffs(request: HttpRequest) -> bool:
    """Whether somebody signed in asks below /admin/. Before anybody is known (a bad Host) nobody is."""
    user = getattr(request, "user", None)
    return request.path.startswith(reverse("admin:index")) and user is not None and user.is_staff


def _refused(request: HttpRequest, title: str, said: str, *, status: int) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "said": said}
    return render(request, "admin/refused.html", context, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with a request to come back where the database could not be reached.

    `inquiry` is the beginning of the request's id, by which the log lines about it are found.
    """
    context = {"inquiry": (logs.request_id.get() or "")[:INQUIRY_LENGTH]}
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = render(request, "503.html", context, status=503)
        response.headers["Retry-After"] = "120"
        return response
    return render(request, "500.html", context, status=500)
