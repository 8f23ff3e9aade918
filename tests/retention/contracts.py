"""Customers' data in the register, as staff enter them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from retention.choices import DataKind, Settlement
from retention.models import EntrustedData
from retention.services import entrusted
from retention.services.entrusted import Entry, Settled
from safeguards.models import AuditEntry

AT = datetime(2027, 2, 28, 3, tzinfo=UTC)  # noon in Tokyo of the ninetieth day after the contract's end
TODAY = date(2027, 2, 28)
END = date(2026, 11, 30)


def entry(**given: Any) -> Entry:
    values: dict[str, Any] = {
        "customer": "株式会社見本製作所",
        "contract": "K-2024-001",
        "ended_on": END,
        "kinds": [DataKind.PEOPLE, DataKind.FILES],
        "kept_in": "本番のデータベース",
        "backup_until": None,
    }
    return Entry(**values | given)


def settled(**given: Any) -> Settled:
    values: dict[str, Any] = {
        "settlement": Settlement.DELETED,
        "on": date(2027, 2, 20),
        "evidence": "削除証明書 第12号",
        "backup_until": date(2027, 3, 31),
    }
    return Settled(**values | given)


def registered(by: User, **given: Any) -> EntrustedData:
    return fresh(entrusted.record(entry(**given), by=by, at=AT))


def fresh(data_id: UUID) -> EntrustedData:
    """As the database has it now."""
    return EntrustedData.objects.get(id=data_id)


def said(data_id: UUID) -> list[tuple[str, str, int | None]]:
    """Event, label and actor of what the audit says of it, the oldest first."""
    entries = AuditEntry.objects.filter(subject_kind="retention.entrusteddata", subject_id=data_id)
    return list(entries.order_by("id").values_list("event", "label", "actor_id"))
