"""What surrounds every request: health answers, the access log, security headers."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connections
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from casetra import logs
from retention.services import heartbeat
from retention.services.restored import State, Watch

GetResponse = Callable[[HttpRequest], HttpResponse]

access = logging.getLogger("casetra.access")
probes = logging.getLogger("casetra.health")


def health(get_response: GetResponse) -> GetResponse:
    """Answer `/livez` and `/healthz` before anything looks at the Host header: probes know no host name.

    `/livez` says that the process answers; `/healthz` is 503 while a database cannot be reached, and, where a copy of
    the ledger of erasures is configured, while a restored backup holds what it names (第9条).
    """
    watch = Watch()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return JsonResponse({"status": "ok"})
        if request.path == "/healthz":
            states = {alias: _state(alias) for alias in settings.DATABASES}
            ready = set(states.values()) == {"ok"}
            body: dict[str, object] = {"databases": states}
            if ready and settings.ERASURE_LEDGER:
                body["erasures"] = erasures = _erasures(watch, settings.ERASURE_LEDGER)
                ready = erasures == State.OK
            if ready:
                body["retention"] = _retention(timezone.now())
            body["status"] = "ok" if ready else "unavailable"
            return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return middleware


def _state(alias: str) -> str:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        # Its class alone: a message may quote host, user or statement.
        probes.error("database unreachable", extra={"database": alias, "fault": type(error).__name__})
        return "unavailable"
    return "ok"


def _erasures(watch: Watch, path: Path) -> str:
    try:
        state = watch.state(path).value
    except Error as error:
        probes.error("ledger not compared", extra={"fault": type(error).__name__})
        return "unavailable"
    if state != State.OK:
        probes.error("not ready after a restore", extra={"fault": state})
    return state


def _retention(at: datetime) -> dict[str, int | None]:
    """第9条: how old the purge's work is. A detail for who watches: a silent purge makes no page unready."""
    try:
        found = heartbeat.of(at=at)
    except (heartbeat.NoEdition, heartbeat.EditionsUnreadable):
        return {}
    except Error as error:
        probes.error("heartbeat unknown", extra={"fault": type(error).__name__})
        return {}
    return {"overdue_days": found.overdue_days, "last_run_hours": found.last_run_hours}


def access_log(get_response: GetResponse) -> GetResponse:
    """One line a request: method, route pattern, status, milliseconds. No path, query or address.

    The request's id stands in this line, in every other line that is written meanwhile, and in a header.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id, started = uuid4().hex, time.monotonic()
        before = logs.request_id.set(request_id)
        try:
            response = get_response(request)
            _log_access(request, response, started)
        finally:
            logs.request_id.reset(before)
        response.headers["X-Request-Id"] = request_id
        return response

    return middleware


def _log_access(request: HttpRequest, response: HttpResponse, started: float) -> None:
    match = request.resolver_match
    access.info(
        "request",
        extra={
            "method": request.method,
            "route": f"/{match.route}" if match else None,
            "status": response.status_code,
            "ms": round((time.monotonic() - started) * 1000, 1),
        },
    )


def utf8_only(get_response: GetResponse) -> GetResponse:
    """Refuse (400) what names a charset other than UTF-8, in which Django would read body and query.

    Our pages are UTF-8 and browsers answer in kind; any other name, of which Python knows some that are no
    charsets at all, ends in an exception somewhere.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset")
        if charset is not None:
            if charset.lower() not in {"utf-8", "utf8"}:
                raise SuspiciousOperation("The request names a charset other than UTF-8.")
            if request.encoding:  # as the test client's requests have it: Django takes one spelling only
                request.encoding = "utf-8"
        return get_response(request)

    return middleware


def back_shows_posted_pages(get_response: GetResponse) -> GetResponse:
    """Let the browser's Back find a page that was posted, answers and all, after a cookie has changed.

    `Vary: Cookie` tells a browser without its own page cache to ask again, which for a posted page means an
    error page. A `private` answer is in nobody else's cache, so the header has nothing to guard there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "private" in response.headers.get("Cache-Control", ""):
            response.headers.pop("Vary", None)
        return response

    return middleware


def security_headers(get_response: GetResponse) -> GetResponse:
    """Content-Security-Policy from SECURE_CSP (Django 6 brings this built in), and Permissions-Policy."""
    policy = "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

    return middleware
