"""A database that was restored: what was erased is there again, and the ledger off the host names it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from intake.models import KIND, Consultation, Contact
from intake.services.erasure import ErasureBasis, erase
from safeguards.models import AuditEntry, Erasure, Hold, RecordKey
from safeguards.services import erasures
from tests.intake import desk


class Backup:
    """Copies of some consultations' rows, keys and all, as a backup has them."""

    def __init__(self, *ids: UUID) -> None:
        self.rows: list[Model] = list(Consultation.objects.filter(id__in=ids))
        for model, name in ((Contact, "consultation_id"), (Hold, "record_id"), (RecordKey, "record_id")):
            self.rows += model._default_manager.filter(**{f"{name}__in": ids})

    def restore(self, *, ledger_too: bool = True) -> None:
        """Put them back. Triggers come after the rows in a restore; the ledger is as old as the rest."""
        if ledger_too:
            Erasure.objects.all().delete()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for row in self.rows:
                if not type(row)._default_manager.filter(pk=row.pk).exists():
                    row.save(force_insert=True)
                elif isinstance(row, Hold):
                    row.save(update_fields=["released_at"])


def go(*ids: UUID, basis: ErasureBasis = ErasureBasis.RETENTION, run: UUID | None = None) -> None:
    """Erase these, keys included."""
    with transaction.atomic():
        erase(Consultation.objects.filter(id__in=ids), basis=basis, at=desk.AT, run=run)
    erasures.drain(at=desk.AT, count=lambda run, number: None)


def exported(folder: Path) -> Path:
    """The ledger's copy off the host."""
    path = folder / "erasures.jsonl"
    call_command("export_erasures", to=path, stdout=StringIO())
    return path


def replayed(path: Path) -> dict[str, int]:
    """What the command says: each count by its name."""
    said = StringIO()
    call_command("replay_erasures", str(path), stdout=said)
    rows = (line.rsplit(maxsplit=1) for line in said.getvalue().splitlines())
    return {name: int(number) for name, number in rows}


def line(record_id: UUID | str, **changes: Any) -> str:
    """A line of the ledger."""
    plain = {"kind": KIND, "basis": "retention", "run": None, "erased_at": desk.AT.isoformat()}
    return json.dumps({"record_id": str(record_id), **plain, **changes}) + "\n"


def said(*events: str) -> list[tuple[str, str, UUID | None]]:
    """Event, label and subject of the audit's entries of these events, the oldest first."""
    entries = AuditEntry.objects.filter(event__in=events).order_by("id")
    return list(entries.values_list("event", "label", "subject_id"))
