"""第9条: what else goes with the same run, each at the end of its own period."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from pytest_django.fixtures import Settings

from intake.models import Consultation
from retention.choices import Counted
from retention.models import PurgeRun
from retention.services import chores
from safeguards.choices import ErasureBasis
from safeguards.models import Erasure, RateCount, RecordKey
from safeguards.services import erasures
from tests.intake.staff import member
from tests.retention.records import ORIGIN, TODAY, aged, counts, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
AT = noon(TODAY)
SECOND = timedelta(seconds=1)


def _done() -> dict[str, int]:
    run()
    return counts(PurgeRun.objects.latest("started_at"))


def test_a_session_goes_when_it_has_ended() -> None:
    for name, ends in (("over", AT - SECOND), ("now", AT), ("later", AT + SECOND)):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    assert _done() == {"session": 1}
    assert set(Session.objects.values_list("session_key", flat=True)) == {"now", "later"}


def test_a_rate_counter_goes_after_a_day() -> None:
    day = timedelta(days=1)
    for key, starts in ((b"over", AT - day - SECOND), (b"day", AT - day), (b"now", AT)):
        RateCount.objects.create(starts_at=starts, key=key, n=1)
    assert _done() == {"rate_count": 1}
    assert {bytes(key) for key in RateCount.objects.values_list("key", flat=True)} == {b"day", b"now"}


def logged(object_id: object) -> None:
    LogEntry.objects.create(
        user=member(),
        content_type=ContentType.objects.get_for_model(Consultation),
        object_id=str(object_id),
        object_repr="C-00000-00000",
        action_flag=CHANGE,
        action_time=AT,
    )


def test_the_admins_own_log_forgets_what_is_erased_and_nothing_else() -> None:
    erased, kept = aged(), aged(TODAY)
    for each in (erased, kept, "17"):
        logged(each)
    assert _done() == {"consultation": 1, "keys": 1, "log_entry": 1}
    assert set(LogEntry.objects.values_list("object_id", flat=True)) == {str(kept), "17"}


def test_the_connection_goes_after_the_editions_days_and_the_record_stays() -> None:
    over, kept = (
        aged(TODAY - timedelta(days=31), origin=ORIGIN),
        aged(TODAY - timedelta(days=29), origin=ORIGIN),
    )
    assert _done() == {"technical": 1}
    assert Consultation.objects.get(id=over).technical is None
    assert Consultation.objects.get(id=kept).technical is not None
    assert set(RecordKey.objects.filter(kind="intake.technical").values_list("record_id", flat=True)) == {
        kept
    }


def _erased(days_ago: int) -> UUID:
    record = uuid4()
    at = AT - timedelta(days=days_ago)
    Erasure.objects.create(
        record_id=record, kind="intake.consultation", basis=ErasureBasis.REQUEST, erased_at=at, drained_at=at
    )
    return record


@pytest.mark.parametrize(("backup", "vault"), [(30, 30), (30, 7), (7, 30)])
def test_the_ledger_forgets_what_no_backup_can_hold_any_more(
    settings: Settings, backup: int, vault: int
) -> None:
    settings.BACKUP_DAYS, settings.VAULT_BACKUP_DAYS = backup, vault
    _erased(31)
    last_day = _erased(30)
    assert _done() == {"erasure": 1}
    assert Erasure.objects.get().record_id == last_day


def test_an_entry_whose_keys_are_still_to_be_destroyed_is_not_forgotten() -> None:
    _erased(400)
    Erasure.objects.update(drained_at=None)
    assert not erasures.forgettable(at=AT).exists()


def test_each_chore_says_for_how_long_in_words() -> None:
    assert all(chore.kept for chore in chores.CHORES)
    said = {chore.what for chore in chores.CHORES}
    assert said == set(Counted) - {Counted.CONSULTATION, Counted.CONTACT, Counted.KEYS, Counted.TECHNICAL}


def test_a_look_counts_what_would_go() -> None:
    Session.objects.create(session_key="over", session_data="", expire_date=AT - SECOND)
    aged(TODAY - timedelta(days=31), origin=ORIGIN)
    found = chores.count(at=AT, going=Consultation.objects.none())
    assert (found[Counted.SESSION], found[Counted.TECHNICAL], found[Counted.RATE_COUNT]) == (1, 1, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (1,)
