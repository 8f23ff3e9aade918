"""The page of one consultation by the test client: its addresses, what it shows, what is sent from it."""

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.models import Consultation
from intake.services import free_texts
from safeguards.models import AuditEntry
from tests.intake.desk import stored

Answer = Any  # the test client's response: django-stubs keep its type to themselves

RECEIVED = datetime(2026, 11, 2, 3, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)  # noon in Tokyo, twenty days later
TODAY = date(2026, 11, 22)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of TODAY."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def consultation(**given: Any) -> Consultation:
    """One that was sent on 2 November, but for what `given` says; as `desk.stored` takes it."""
    sent: dict[str, Any] = {"at": RECEIVED, "employee_count": "300_999", "security": "二段階認証が条件"}
    return stored(**sent | given)


def url(consultation: Consultation, address: str = "change/") -> str:
    return f"/admin/intake/consultation/{consultation.pk}/{address}"


def get(client: Client, consultation: Consultation, address: str = "change/") -> Answer:
    return client.get(url(consultation, address))


def send(client: Client, consultation: Consultation, address: str, **data: Any) -> Answer:
    """What a form of the page sends; version and rules are today's unless others are given."""
    if "version" not in data:
        data["version"] = Consultation.objects.values_list("version", flat=True).get(pk=consultation.pk)
    return client.post(url(consultation, address), {"rules": free_texts.rules_digest(), **data})


def text(answer: Answer) -> str:
    return unescape(answer.content.decode())


def main(answer: Answer) -> str:
    """The words of the page's content, tags left out, white space put together."""
    content = answer.content.decode().split('id="content-main"')[1].split('id="footer"')[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def saved(answer: Answer, consultation: Consultation) -> bool:
    """Whether the answer leads to the page, as it does after a change was written."""
    return (answer.status_code, answer.headers.get("Location")) == (302, url(consultation))


def said(client: Client, consultation: Consultation) -> list[str]:
    """The messages on the page that comes after a change."""
    return [str(message) for message in get(client, consultation).context["messages"]]


def events(consultation: Consultation) -> list[tuple[str, str]]:
    """Every event of the audit about it, with its label, the oldest first."""
    rows = AuditEntry.objects.filter(subject_id=consultation.pk).order_by("id")
    return list(rows.values_list("event", "label"))


def opened(consultation: Consultation) -> int:
    """How often its envelope was opened for a person."""
    return [event for event, _ in events(consultation)].count("consultation.opened")
