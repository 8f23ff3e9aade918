"""第9条: a replay waits for whoever has a record locked, instead of leaving it."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from intake.models import Consultation
from tests.intake import desk
from tests.retention.ledger import line, replayed

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def keep_locked(record_id: UUID, locked: Event) -> bool:
    """Lock the row until somebody waits for it; whether somebody did."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            Consultation.objects.select_for_update().get(id=record_id)
            locked.set()
            for _ in range(200):
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return True
                time.sleep(0.05)
            return False
    finally:
        locked.set()
        connections.close_all()


def test_a_record_that_somebody_has_locked_is_waited_for_and_goes(tmp_path: Path) -> None:
    one, other = desk.stored(), desk.stored()
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id) + line(other.id))
    locked = Event()
    with ThreadPoolExecutor(1) as colleague:
        waited_for = colleague.submit(keep_locked, one.id, locked)
        assert locked.wait(timeout=10)
        assert replayed(path)["erased again"] == 2
        assert waited_for.result()
    assert not Consultation.objects.exists()
