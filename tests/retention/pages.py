"""Pages of retention as staff's browser gets them."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

Answer = Any  # the test client's response: django-stubs keep its type to themselves

PLACES, DATA = "/admin/retention/place/", "/admin/retention/entrusteddata/"


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of 22 November 2028 in Tokyo."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2028, 11, 22, 3, tzinfo=UTC))


@pytest.fixture
def ninetieth(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon in Tokyo of the ninetieth day after `contracts.END`."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 2, 28, 3, tzinfo=UTC))


def main(answer: Answer) -> str:
    """The words of the page's content, tags left out, white space put together."""
    content = answer.content.decode().split('id="content-main"')[1].split('id="footer"')[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def said(answer: Answer) -> list[str]:
    """The messages on a page."""
    return [str(message) for message in answer.context["messages"]]
