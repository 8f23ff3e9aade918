"""第9条: replay_erasures — what a restored backup brought back goes again, as often as it is asked."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from intake.models import KIND, Consultation, Contact, MonthlyCount
from intake.services import statistics
from intake.services.erasure import Erased, ErasureBasis, erase
from intake.services.technical import Technical
from retention.services import replay
from safeguards.choices import HoldBasis
from safeguards.models import AuditEntry, Erasure, Hold, RecordKey
from safeguards.services import holds, ledger, lookups
from tests.intake import desk
from tests.intake.staff import member
from tests.retention.ledger import Backup, exported, go, line, replayed, said

pytestmark = pytest.mark.django_db(databases="__all__")

NOTHING = {"in the file": 0, "already gone": 0, "keys destroyed": 0, "erased again": 0, "left": 0}


def told(in_the_file: int, *, again: int = 0, keys: int = 0, gone: int | None = None) -> dict[str, int]:
    """What the command says of so many."""
    return NOTHING | {
        "in the file": in_the_file,
        "already gone": in_the_file - again if gone is None else gone,
        "keys destroyed": keys,
        "erased again": again,
    }


def test_what_the_backup_brought_back_goes_again_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    one, kept = (
        desk.stored(origin=Technical("203.0.113.5", "Firefox")),
        desk.stored(email="hanako@example.jp"),
    )
    desk.contact(one, by=member(), note="前のメモ")
    backup = Backup(one.id)
    run = uuid4()
    go(one.id, run=run)
    path = exported(tmp_path)
    backup.restore()
    assert lookups.find(KIND, desk.ADDRESS) == [one.id]
    assert replayed(path) == told(1, again=1, keys=2)
    assert list(Consultation.objects.values_list("id", flat=True)) == [kept.id]
    assert not Contact.objects.exists()
    assert list(RecordKey.objects.values_list("record_id", flat=True)) == [kept.id]
    assert lookups.find(KIND, desk.ADDRESS) == []
    entry = Erasure.objects.get()
    assert (entry.record_id, entry.run, entry.erased_at, entry.basis) == (one.id, run, desk.AT, "retention")
    assert entry.drained_at is not None
    replays = said("consultations.erased", "erasures.replayed")[1:]  # behind the first erasure
    assert replays == [
        ("consultations.erased", "retention, 1", one.id),
        ("erasures.replayed", "named=1, erased=1, keys=2", None),
    ]


def test_asked_again_it_does_nothing_more(tmp_path: Path) -> None:
    ids = [desk.stored().id for _ in range(3)]
    backup = Backup(*ids)
    go(*ids)
    path = exported(tmp_path)
    backup.restore()
    assert replayed(path) == told(3, again=3, keys=3)
    ledger_then = list(Erasure.objects.order_by("record_id").values())
    counted = list(MonthlyCount.objects.order_by("id").values())
    assert replayed(path) == told(3)
    assert list(Erasure.objects.order_by("record_id").values()) == ledger_then
    assert list(MonthlyCount.objects.order_by("id").values()) == counted
    assert [label for _, label, _ in said("erasures.replayed")] == [
        "named=3, erased=3, keys=3",
        "named=3, erased=0, keys=0",
    ]


def test_what_the_backup_no_longer_had_comes_back_into_the_ledger_and_its_keys_go(tmp_path: Path) -> None:
    one = desk.stored()
    backup = Backup(one.id)
    go(one.id)
    path = exported(tmp_path)
    backup.rows = [
        row for row in backup.rows if isinstance(row, RecordKey)
    ]  # of the keys' own database alone
    backup.restore()
    assert replayed(path) == told(1, keys=1)
    assert not RecordKey.objects.exists()
    assert Erasure.objects.get().erased_at == desk.AT


def test_what_the_ledger_itself_names_goes_though_the_file_does_not_know_it(tmp_path: Path) -> None:
    one, other = desk.stored(), desk.stored()
    backup = Backup(one.id)
    go(other.id)
    path = exported(tmp_path)
    go(one.id)
    backup.restore(ledger_too=False)
    assert replayed(path) == told(1, gone=1, again=1, keys=1)
    assert not Consultation.objects.exists()
    assert [label for _, label, _ in said("erasures.replayed")] == [
        "named=1, erased=0, keys=0",
        "named=0, erased=1, keys=1",
    ]


@pytest.mark.parametrize("basis", list(ErasureBasis))
def test_each_goes_on_its_own_basis_and_only_the_end_of_a_period_counts(
    tmp_path: Path, basis: ErasureBasis
) -> None:
    one = desk.stored()
    backup = Backup(one.id)
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id, basis=basis.value))
    backup.restore()
    assert replayed(path)["erased again"] == 1
    assert Erasure.objects.get().basis == basis
    counted = MonthlyCount.objects.filter(question="").values_list("number", flat=True)
    assert list(counted) == ([1] if basis is ErasureBasis.RETENTION else [])


def test_the_statistics_after_it_are_those_before_the_restore(tmp_path: Path) -> None:
    ids = [desk.stored(case_types=("harassment",)).id for _ in range(9)]
    backup = Backup(*ids)
    go(*ids[:7])
    go(ids[7], basis=ErasureBasis.REQUEST)
    (period, *_) = statistics.periods(desk.AT.date())
    shown = statistics.of(period)
    assert shown.total == 8
    path = exported(tmp_path)
    backup.restore()
    MonthlyCount.objects.all().delete()  # the backup's are as old as its records
    replayed(path)
    assert statistics.of(period) == shown


def test_a_hold_that_the_backup_brought_back_keeps_nothing(tmp_path: Path) -> None:
    one = desk.stored()
    for basis in (HoldBasis.LAW, HoldBasis.DISPUTE):
        holds.place(kind=KIND, record_id=one.id, basis=basis, at=timezone.now())
    backup = Backup(one.id)
    holds.release(kind=KIND, record_ids=[one.id], at=timezone.now())
    go(one.id)
    path = exported(tmp_path)
    backup.restore()
    assert Hold.objects.filter(released_at=None).count() == 2
    assert replayed(path)["erased again"] == 1
    assert not Consultation.objects.exists()
    assert not Hold.objects.filter(released_at=None).exists()
    assert said("hold.released") == [("hold.released", "law", one.id), ("hold.released", "dispute", one.id)]


def test_a_hold_on_another_record_stays(tmp_path: Path) -> None:
    one, other = desk.stored(), desk.stored()
    holds.place(kind=KIND, record_id=other.id, basis=HoldBasis.LAW, at=desk.AT)
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id))
    replayed(path)
    assert Hold.objects.filter(released_at=None).count() == 1
    assert list(Consultation.objects.values_list("id", flat=True)) == [other.id]


def test_a_line_twice_is_one_erasure(tmp_path: Path) -> None:
    one = desk.stored()
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id) * 3)
    assert replayed(path) == told(3, again=1, keys=1)
    assert Erasure.objects.count() == 1


def test_a_crash_between_batches_leaves_whole_batches_and_the_next_call_does_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "BATCH", 2)
    ids = [desk.stored().id for _ in range(5)]
    path = tmp_path / "erasures.jsonl"
    path.write_text("".join(line(each) for each in ids))
    calls = iter(range(10))

    def third_crashes(selected: QuerySet[Consultation], *, basis: ErasureBasis, at: object) -> Erased:
        if next(calls) == 2:
            raise DatabaseError
        return erase(selected, basis=basis, at=desk.AT)

    monkeypatch.setattr(replay, "erase", third_crashes)
    with pytest.raises(DatabaseError):
        replay.replay(path, at=desk.AT)
    assert list(Consultation.objects.values_list("id", flat=True)) == [ids[4]]
    assert set(Erasure.objects.values_list("record_id", flat=True)) == set(ids[:4])
    assert len(said("erasures.replayed")) == 2
    monkeypatch.undo()
    assert replayed(path)["erased again"] == 1
    assert (Consultation.objects.count(), RecordKey.objects.count(), Erasure.objects.count()) == (0, 0, 5)


def test_what_is_left_all_the_same_is_told_of_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk.stored()
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id))
    monkeypatch.setattr(replay, "erase", lambda *args, **options: Erased([], 0, 0, None))
    with pytest.raises(CommandError, match=r"^1 of the erased records exist all the same") as failed:
        replayed(path)
    assert failed.value.returncode == 1


GOOD = uuid4()
BAD = {
    "not JSON": "C-12345-67894 試験 太郎\n",
    "cut off": line(GOOD)[:60],
    "an empty line": "\n",
    "no object": '["試験 太郎"]\n',
    "deep": "[" * 100_000 + "\n",
    "a field too many": line(GOOD, name="試験 太郎"),
    "a field too few": '{"record_id": "00000000-0000-4000-8000-000000000000"}\n',
    "an unknown kind": line(GOOD, kind="intake.contact"),
    "a kind that is a list": line(GOOD, kind=[KIND]),
    "an unknown basis": line(GOOD, basis="試験 太郎"),
    "no id": line("試験 太郎"),
    "an id in another form": line(GOOD.hex),
    "a run that is no id": line(GOOD, run=7),
    "no moment": line(GOOD, erased_at="試験 太郎"),
    "a moment without its zone": line(GOOD, erased_at="2026-11-24T03:00:00"),
    "a moment that nobody lives in": line(GOOD, erased_at="0001-01-01T00:00:00+14:00"),
    "a number for a moment": line(GOOD, erased_at=1),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_damaged_line_is_named_by_its_number_and_nothing_is_written(tmp_path: Path, bad: str) -> None:
    one = desk.stored()
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id) + line(uuid4()) + bad, encoding="utf-8")
    audited = AuditEntry.objects.count()
    with pytest.raises(CommandError, match=r"^erasures.jsonl: line 3: .*; nothing was erased$") as refused:
        replayed(path)
    assert refused.value.returncode == 1
    assert "試験" not in str(refused.value)
    assert Consultation.objects.get() == one
    assert RecordKey.objects.count() == 1
    assert not Erasure.objects.exists()
    assert AuditEntry.objects.count() == audited


def test_a_file_that_is_missing_empty_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        replayed(tmp_path / "erasures.jsonl")
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        replayed(tmp_path)
    (tmp_path / "empty").touch()
    with pytest.raises(CommandError, match=r"^empty: names no erasure at all; nothing was erased$"):
        replayed(tmp_path / "empty")
    assert not AuditEntry.objects.filter(event="erasures.replayed").exists()


def test_it_says_counts_and_no_ids(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    one = desk.stored()
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(one.id))
    replayed(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(label, ' ') FROM safeguards_auditentry")
        (labels,) = cursor.fetchone()
    assert str(one.id) not in labels + "".join(capfd.readouterr())
