"""The hearing form by the test client: posting a page, and reading what came back."""

import re
from html import unescape
from typing import Any

from django.test import Client

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
