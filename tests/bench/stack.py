"""The whole WSGI stack in this process: what gunicorn calls, without sockets and without a test client."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

FORM = "/consultation/"
Fields = list[tuple[str, str]]

ANSWERS: Fields = [
    ("employeeCount", "50_299"),
    ("locationCount", "2_5"),
    ("doctorStatus", "part_time"),
    ("visitRequired", "depends"),
    ("monthlyCases", "6_10"),
    ("caseTypes", "leave_and_return"),
    ("caseTypes", "long_hours"),
    ("caseTypes", "other"),
    ("caseTypesOther", "海外赴任者の健康管理。" * 5),
    ("painPoints", "scheduling"),
    ("painPoints", "dependence"),
    ("painPointsOther", "拠点が分かれていて、記録がそろわない。" * 5),
    ("deadlinePressure", "monthly"),
    ("schedulingHandler", "hr"),
    ("schedulingSystem", "shared_calendar"),
    ("requiredSupport", "scheduling"),
    ("requiredSupport", "records"),
    ("interviewRatio", "mostly_online"),
    ("decisionMaker", "hr_head"),
    ("companyName", "株式会社ベンチ"),
    ("position", "人事部 課長"),
    ("contactName", "髙﨑 測"),
    ("email", "bench@example.jp"),
    ("groupware", "microsoft_365"),
    ("security", "国内での保管と、アクセス記録の開示を希望します。" * 5),
    ("timeline", "within_3_months"),
]


@dataclass(frozen=True)
class Answer:
    """Status, headers and text of one response."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def hidden(self, name: str) -> str:
        """The value of the hidden input; the page must have it."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no {name} in the page"
        return found[1]


@dataclass
class Stack:
    """One browser's cookies and the application."""

    application: WSGIHandler
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, fields: Fields | None = None) -> dict[str, Any]:
        """A WSGI environment, made ahead of the measurement and good for one call."""
        body, (path, _, query) = urlencode(fields or []).encode(), path.partition("?")
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if fields is not None else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def call(self, environ: dict[str, Any]) -> Answer:
        """The answer, its body read and closed, as a server does it."""
        started: list[tuple[str, Fields]] = []

        def start_response(
            status: str, headers: Fields, exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda data: None  # WSGI's old write(), which Django never calls

        response = self.application(environ, start_response)
        text = b"".join(response)
        response.close()
        status, headers = started[0]
        return Answer(int(status[:3]), headers, text.decode())

    def visit(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        """Request and call in one, keeping the cookies."""
        answer = self.call(self.request(method, path, fields))
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        return answer
