"""The hearing form by the test client: posting a page, reading what came back, and what the databases were asked."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

Answer = Any  # the test client's response: django-stubs keep its type to themselves

URL = "/consultation/"
_INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: Answer) -> dict[str, list[str]]:
    """The page's hidden inputs (of its last form)."""
    found: dict[str, list[str]] = {}
    for name, value in _INPUT.findall(page.content.decode().split("<form")[-1]):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def post(client: Client, action: str, **data: Any) -> Answer:
    return client.post(URL, {"action": action, **data})


def text(page: Answer) -> str:
    return unescape(page.content.decode())


def shown_step(page: Answer) -> str:
    return hidden(page)["step"][0]


@contextmanager
def every_statement() -> Iterator[list[str]]:
    """What is asked meanwhile of every database, a vault too; to be read afterwards."""
    statements: list[str] = []
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(each)) for each in connections.all()]
        yield statements
    statements += [query["sql"] for queries in captured for query in queries]
