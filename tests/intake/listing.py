"""The list of consultations as staff's browser gets it."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.test import Client

from intake.models import Consultation
from tests.intake import desk

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)  # noon of a Monday in Tokyo, and past: the views read the clock
URL = "/admin/intake/consultation/"
_ROW = re.compile(r'<th class="field-reference"><a href="[^"]*/consultation/([0-9a-f-]{36})/change/')


def row(*, at: datetime = AT, **columns: Any) -> Consultation:
    """A consultation as the form stores it, with columns as staff's work would have left them."""
    consultation = desk.stored(at=at)
    Consultation.objects.filter(id=consultation.id).update(**columns)
    return consultation


def ids(client: Client, query: str = "") -> list[UUID]:
    """The consultations that a page of the list shows, in its order."""
    answer = client.get(f"{URL}?{query}" if query else URL)
    assert answer.status_code == 200, answer.status_code
    return [UUID(found) for found in _ROW.findall(answer.content.decode())]


def said(client: Client, query: str) -> list[str]:
    """The messages on the page that a query ends on."""
    answer = client.get(f"{URL}?{query}", follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]
