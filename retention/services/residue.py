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
    """Where ids of erased records still stand, in every database: those of the run where they may, and anywhere else
    any that the ledger knows — also of who was erased by hand or again after a restore, and until they are gone."""
    if not Erasure.objects.exists():
        return []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE safeguards_erasure")  # or it is taken for as short as it was before the run
    found = [each for alias in connections for each in _tables(alias, run)]
    if sessions := _sessions():
        found.append(Residue(Session._meta.db_table, "session_data", sessions, id_only=False))
    return found


def _tables(alias: str, run: UUID) -> Iterator[Residue]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column, is_uuid in cursor.fetchall():
            id_only = (table, column) in ID_ONLY
            said = _said(table, column, is_uuid)
            if alias == DEFAULT_DB_ALIAS:
                rows = _count_here(cursor, said, materialized=not is_uuid, run=run if id_only else None)
            else:
                rows = _count_apart(cursor, said)
            if rows:
                yield Residue(table, column, rows, id_only)


def _count_here(cursor: CursorWrapper, said: str, *, materialized: bool, run: UUID | None) -> int:
    """In the ledger's own database: joined with it, or with what one run has entered there."""
    cursor.execute(
        # Or PostgreSQL, which expects few ids in texts, may look for them once for every row of the ledger.
        f"WITH said AS {'MATERIALIZED' if materialized else ''} ({said}) "  # noqa: S608 - names from the catalogue
        "SELECT count(DISTINCT said.place) FROM said JOIN safeguards_erasure e ON e.record_id = said.id "
        "WHERE %s::uuid IS NULL OR e.run = %s",
        [run, run],
    )
    (rows,) = cursor.fetchone()
    return int(rows)


def _count_apart(cursor: CursorWrapper, said: str) -> int:
    """In a database without the ledger: asked for the ids, many at a time."""
    rows = 0
    ids = Erasure.objects.order_by("record_id").values_list("record_id", flat=True)
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


def _sessions() -> int:
    """How many sessions name one; they are signed texts, each decoded once."""
    found = 0
    for session in Session.objects.iterator(chunk_size=_BATCH):
        said = json.dumps(session.get_decoded(), default=str)
        named = {UUID(each) for each in re.findall(_UUID, said, re.IGNORECASE)}
        found += bool(named) and Erasure.objects.filter(record_id__in=named).exists()
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
