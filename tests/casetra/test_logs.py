"""第6条: what reaches the log, and what never does."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from casetra.logs import FIELDS, JsonFormatter, request_id
from casetra.middleware import access_log

MARK = "marker-5c1e@example.com"


def logged(
    name: str, message: object, *arguments: object, error: bool = False, **extra: object
) -> dict[str, Any]:
    """The one line that JsonFormatter makes of a record."""
    exc_info = sys.exc_info() if error else None
    logger = logging.getLogger(name)
    record = logger.makeRecord(name, logging.WARNING, __file__, 1, message, arguments, exc_info, extra=extra)
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line: dict[str, Any] = json.loads(text)
    return line


def test_a_line_has_time_level_logger_and_event() -> None:
    line = logged("casetra.access", "request")
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "casetra.access", "event": "request"}


def test_arguments_are_left_out() -> None:
    line = logged("django.request", "%s: %s", "Bad Request", MARK)
    assert line["event"] == "%s: %s"
    assert MARK not in str(line)


@pytest.mark.parametrize("name", ["django.security.DisallowedHost", "gunicorn.error", "casetrack"])
def test_what_another_logger_formatted_itself_is_left_out(name: str) -> None:
    assert logged(name, f"Invalid HTTP_HOST header: {MARK}")["event"] == ""


@pytest.mark.parametrize("name", ["casetra", "django.request"])
def test_a_message_that_is_no_text_is_left_out(name: str) -> None:
    assert MARK not in str(logged(name, ValueError(MARK)))
    assert MARK not in str(logged(name, {"email": MARK}))
    assert MARK not in str(logged(name, ValueError(MARK), "argument"))


def test_only_named_fields_are_kept() -> None:
    line = logged("intake", "stored", count=3, email=MARK, request=MARK, status=200)
    assert (line["count"], line["status"]) == (3, 200)
    assert MARK not in str(line)
    assert not {"email", "args", "message", "path", "user"} & set(FIELDS)


def test_a_field_that_is_no_plain_value_is_named_by_its_type() -> None:
    class Person:
        def __str__(self) -> str:
            return MARK

    assert logged("casetra", "request", route=Person())["route"] == "Person"


def test_an_exception_is_its_class_and_places_without_its_message() -> None:
    try:
        raise KeyError(MARK) from ValueError(MARK)
    except KeyError:
        line = logged("django.request", "%s", MARK, error=True)
    assert line["exception"] == "KeyError"
    assert "test_logs.py" in line["at"][0]
    assert MARK not in str(line)


def test_the_requests_id_is_in_every_line_of_it_and_in_no_other() -> None:
    before = request_id.set("4f1e")
    try:
        assert logged("django.db", "lost")["request_id"] == "4f1e"
    finally:
        request_id.reset(before)
    assert "request_id" not in logged("django.db", "lost")


def test_the_access_log_leaves_no_id_behind(rf: RequestFactory) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        seen.append(request_id.get())
        raise SystemExit

    seen: list[str | None] = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            access_log(fail)(rf.get("/"))
        assert request_id.get() is None
    assert None not in seen
    assert len(set(seen)) == 2


@pytest.fixture
def stream() -> Iterator[StringIO]:
    """What the project's handlers write during the test."""
    caught, names = StringIO(), ("", "django", "django.server")
    handlers = {
        handler
        for name in names
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, logging.StreamHandler) and isinstance(handler.formatter, JsonFormatter)
    }
    assert handlers
    before = {handler: handler.setStream(caught) for handler in handlers}
    yield caught
    for handler, stream in before.items():
        handler.setStream(stream)


def test_a_view_that_fails_on_a_post_leaves_no_typed_value_behind(
    settings: Settings, stream: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.ROOT_URLCONF = "tests.casetra.urls"
    client = Client(raise_request_exception=False)
    response = client.post(f"/fail/?q={MARK}", {"email": MARK}, headers={"user-agent": MARK})
    assert response.status_code == 500
    assert MARK not in response.content.decode()
    fault, access = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (fault["exception"], fault["logger"]) == ("ValueError", "django.request")
    assert any("urls.py" in place for place in fault["at"])
    assert (access["route"], access["status"], access["method"]) == ("/fail/", 500, "POST")
    assert fault["request_id"] == access["request_id"] == response.headers["X-Request-Id"]
    assert MARK not in stream.getvalue() + "".join(capfd.readouterr())


@pytest.mark.parametrize("path", ["/?q=", "/privacy/", "/"])
def test_refused_requests_leave_no_typed_value_behind(stream: StringIO, path: str) -> None:
    Client().get(f"{path}{MARK}")
    Client().get(path, headers={"host": MARK})
    Client(enforce_csrf_checks=True).post("/consultation/", {"email": MARK})
    assert stream.getvalue().count('"event": "request"') == 3
    assert MARK not in stream.getvalue()
