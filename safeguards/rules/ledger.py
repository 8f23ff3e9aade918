"""第9条: the ledger of erasures as lines of a file, one JSON object each: random ids, and nothing of a record."""

import json
import re
from collections.abc import Container
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

from safeguards.choices import ErasureBasis

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_YEARS = range(2000, 3000)  # others Python or PostgreSQL may not know


class LineRefused(ValueError):
    """A line that is no entry. The message does not repeat it: nobody knows what stands in it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One erased record, as it stands in the ledger."""

    record_id: UUID
    kind: str
    basis: str
    run: UUID | None
    erased_at: datetime


def write(entry: Entry) -> str:
    """The entry's line, with its end."""
    values = {name: None if value is None else str(value) for name, value in asdict(entry).items()}
    values["erased_at"] = entry.erased_at.astimezone(UTC).isoformat()
    return f"{json.dumps(values)}\n"


def read(line: bytes, *, kinds: Container[str]) -> Entry:
    """The entry of a line; LineRefused where it is none, or of a kind or basis that nobody knows here."""
    try:
        found = json.loads(line.decode("ascii"))
    except (ValueError, RecursionError):
        raise LineRefused("not a JSON object") from None
    if not isinstance(found, dict) or found.keys() != {field.name for field in fields(Entry)}:
        raise LineRefused("not the fields of an erasure")
    if not isinstance(found["kind"], str) or found["kind"] not in kinds:
        raise LineRefused("an unknown kind of record")
    if found["basis"] not in ErasureBasis.values:
        raise LineRefused("an unknown basis")
    run = None if found["run"] is None else _uuid(found["run"])
    return Entry(_uuid(found["record_id"]), found["kind"], found["basis"], run, _moment(found["erased_at"]))


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise LineRefused("not an id")
    return UUID(value)


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in _YEARS:
        raise LineRefused("not a moment with its time zone")
    return moment
