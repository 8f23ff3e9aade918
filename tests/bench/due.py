"""Consultations that are due, made by SQL in the tables themselves, and plain DELETEs of them to compare with.

Ten years of them: four fifths are due, of which every hundredth is held.
"""

from datetime import date, datetime

from django.db import connection, transaction

from safeguards.services.holds import HoldBasis
from tests.bench.fill import insert

YEARS, KEPT, HELD = 10, 2, 100
# Not the audit, which refuses to be emptied.
_TABLES = "intake_consultation, intake_contact, intake_monthlycount, safeguards_recordkey, safeguards_hold"
_RUNS = "safeguards_erasure, retention_purgecount, retention_purgerun"
_HOLDS = """
INSERT INTO safeguards_hold (id, kind, record_id, basis, placed_at)
SELECT md5('h' || id)::uuid, 'intake.consultation', id, %s, %s
FROM (SELECT id, row_number() OVER (ORDER BY id) FROM intake_consultation) AS numbered
WHERE row_number %% %s = 0
"""
_DUE = """
c.last_contact_on <= %(cutoff)s AND NOT EXISTS (
    SELECT FROM safeguards_hold h WHERE h.record_id = c.id AND h.kind = 'intake.consultation' AND h.released_at IS NULL
)
"""
_PLAIN = (
    f"DELETE FROM safeguards_recordkey k USING intake_consultation c WHERE k.record_id = c.id AND {_DUE}",  # noqa: S608
    f"DELETE FROM intake_contact n USING intake_consultation c WHERE n.consultation_id = c.id AND {_DUE}",  # noqa: S608
    f"DELETE FROM intake_consultation c WHERE {_DUE}",  # noqa: S608 - all three of our own words
)


def seed(records: int, *, at: datetime) -> None:
    """As if nothing had been erased yet: so many that are due, and a quarter as many that are not."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM safeguards_hold")  # what is held is not truncated
        cursor.execute(f"TRUNCATE {_TABLES}, {_RUNS} CASCADE")
        insert("public", records * YEARS // (YEARS - KEPT), years=YEARS, at=at)
        cursor.execute(_HOLDS, [HoldBasis.LAW, at, HELD])
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def delete(*, cutoff: date) -> int:
    """The same rows, children and keys, by three statements in one transaction; how many records."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _PLAIN:
            cursor.execute(statement, {"cutoff": cutoff})
        return int(cursor.rowcount)
