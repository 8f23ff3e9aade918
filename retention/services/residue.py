"""第9条: after an erasure every table is searched for the ids that went; what is found stands on the certificate."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper

from safeguards.models import AuditEntry, Erasure, Hold
from safeguards.services import erasures

__all__ = ["Residue", "sweep"]

_BATCH = 1000
_ASKED = 20_000  # ids of which a database apart is asked at once: each time it walks over its texts
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# The bare random id may stay here: it tells that something was done or erased, and to nobody what or whose it was.
ID_ONLY = {
    (AuditEntry._meta.db_table, "subject_id"),
    (Erasure._meta.db_table, "record_id"),
    (Hold._meta.db_table, "record_id"),
}
# Columns that can hold a uuid: of that type, or texts and documents with room for its 36 characters.
_COLUMNS = """
SELECT c.relname, a.attname, a.atttypid = 'uuid'::regtype
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attnum > 0 AND NOT a.attisdropped
    AND (a.atttypid IN ('uuid'::regtype, 'uuid[]'::regtype, 'text'::regtype, 'text[]'::regtype, 'json'::regtype,
                        'jsonb'::regtype)
        OR a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype, 'varchar[]'::regtype)
            AND (a.atttypmod = -1 OR a.atttypmod >= 40))
ORDER BY c.relname, a.attname
"""


@dataclass(frozen=True)
class Residue:
    """Rows of one column in which ids of erased records stand; `id_only` where that is allowed."""

    table: str
    column: str
    rows: int
    id_only: bool


def sweep(run: UUID) -> list[Residue]:
    """Where ids of the records that the run has erased still stand, in every database."""
    if not erasures.last_of(run):
        return []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE safeguards_erasure")  # or it is taken for as short as it was before the run
    found = [each for alias in connections for each in _tables(alias, run)]
    if sessions := _sessions(run):
        found.append(Residue(Session._meta.db_table, "session_data", sessions, id_only=False))
    return found


def _tables(alias: str, run: UUID) -> Iterator[Residue]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column, is_uuid in cursor.fetchall():
            count = _count_here if alias == DEFAULT_DB_ALIAS else _count_apart
            if rows := count(cursor, table, column, is_uuid, run):
                yield Residue(table, column, rows, (table, column) in ID_ONLY)


def _count_here(cursor: CursorWrapper, table: str, column: str, is_uuid: bool, run: UUID) -> int:
    """In the ledger's own database: joined with it."""
    said = _said(table, column, is_uuid)
    cursor.execute(
        # Or PostgreSQL, which expects few ids in texts, may look for them once for every row of the ledger.
        f"WITH said AS {'' if is_uuid else 'MATERIALIZED'} ({said}) "  # noqa: S608 - names from the catalogue, quoted
        "SELECT count(DISTINCT said.place) FROM said JOIN safeguards_erasure e ON e.record_id = said.id AND e.run = %s",
        [run],
    )
    (rows,) = cursor.fetchone()
    return int(rows)


def _count_apart(cursor: CursorWrapper, table: str, column: str, is_uuid: bool, run: UUID) -> int:
    """In a database without the ledger: asked for the ids, many at a time."""
    said, rows = _said(table, column, is_uuid), 0
    ids = Erasure.objects.filter(run=run).order_by("record_id").values_list("record_id", flat=True)
    for batch in _batches(ids.iterator(chunk_size=_BATCH)):
        cursor.execute(
            f"SELECT count(DISTINCT said.place) FROM ({said}) said WHERE said.id = ANY(%s)",  # noqa: S608 - as above
            [batch],
        )
        (found,) = cursor.fetchone()
        rows += int(found)
    return rows


def _said(table: str, column: str, is_uuid: bool) -> str:
    """A query for (place, id): the ids in the column, and the rows in which they stand."""
    quote = connection.ops.quote_name
    if is_uuid:
        return f"SELECT t.ctid AS place, t.{quote(column)} AS id FROM {quote(table)} t"  # noqa: S608 - as above
    # Hardly any text has four hyphens; only such a one is read by the expression, which costs far more.
    words = f"t.{quote(column)}::text"
    return (
        f"SELECT t.ctid AS place, found[1]::uuid AS id FROM {quote(table)} t, "  # noqa: S608 - as above
        f"regexp_matches({words}, '{_UUID}', 'gi') found WHERE {words} LIKE '%%-%%-%%-%%-%%'"
    )


def _sessions(run: UUID) -> int:
    """How many sessions name one; they are signed texts, each decoded once."""
    found = 0
    for session in Session.objects.iterator(chunk_size=_BATCH):
        said = json.dumps(session.get_decoded(), default=str)
        named = {UUID(each) for each in re.findall(_UUID, said, re.IGNORECASE)}
        found += bool(named) and Erasure.objects.filter(run=run, record_id__in=named).exists()
    return found


def _batches(ids: Iterator[UUID]) -> Iterator[list[UUID]]:
    batch: list[UUID] = []
    for each in ids:
        batch.append(each)
        if len(batch) == _ASKED:
            yield batch
            batch = []
    if batch:
        yield batch
