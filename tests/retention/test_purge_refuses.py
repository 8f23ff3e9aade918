"""第9条: when a run erases nothing — to look, or because something may be wrong."""

import subprocess
import sys
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from intake.choices import ContactKind
from intake.models import KIND, Consultation
from retention.models import PurgeRun
from safeguards.choices import HoldBasis
from safeguards.models import Erasure
from safeguards.services import holds
from tests.intake.desk import AT, contact
from tests.intake.staff import member
from tests.policy.conftest import editions as editions
from tests.retention.records import ORIGIN, TODAY, aged, certificate, left, noon, run
from tests.retention.test_chores import logged

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)


def test_as_many_as_the_ceiling_go_and_one_more_stops_the_run_before_anything() -> None:
    records = [aged() for _ in range(3)]
    with mock.patch("retention.services.purge.CEILING_FROM", 2):
        with pytest.raises(CommandError, match="greater --max-share") as stopped:
            run("--max-share", "66")
        assert stopped.value.returncode == 77
        assert left(*records) == records
        assert not Erasure.objects.exists()
        assert PurgeRun.objects.get().outcome == "ceiling"
        assert PurgeRun.objects.get().remaining == 3
        errors = StringIO()
        run("--dry-run", "--max-share", "66", errors=errors)
        assert errors.getvalue() == "more than 66 % of all: a run would stop with 77\n"
        run("--max-share", "100")
    assert left(*records) == []


def test_a_hundred_always_pass_and_a_share_of_all_does() -> None:
    from retention.services.purge import Plan

    def plan(records: int, of: int) -> Plan:
        return Plan(mock.Mock(), records, of, {})

    assert not plan(100, of=100).exceeds(20)
    assert plan(101, of=101).exceeds(20)
    assert not plan(200, of=1000).exceeds(20)
    assert plan(201, of=1000).exceeds(20)
    assert not plan(1000, of=1000).exceeds(100)


def test_a_dry_run_tells_the_same_numbers_and_writes_nothing() -> None:
    records = [aged(origin=ORIGIN) for _ in range(2)]
    held = aged()
    holds.place(kind=KIND, record_id=held, basis=HoldBasis.LAW, at=AT)
    contact(Consultation.objects.get(id=records[0]), ContactKind.EMAIL_OUT, by=member("triage"))
    logged(records[1])
    before = _everything()
    looked = certificate("--dry-run")
    assert _everything() == before
    done = certificate()
    same = ("as_of", "edition", "years", "cutoff", "due", "held")
    assert [looked[name] for name in same] == [done[name] for name in same]
    assert looked["dry_run"]
    assert not done["dry_run"]
    assert looked["erased"] == done["erased"]
    assert done["erased"]["log_entry"] == 1


def _everything() -> list[Any]:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        found: list[Any] = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1')  # noqa: S608 - names from the catalogue
            found.append((name, cursor.fetchall()))
    return found


def test_a_day_to_come_is_for_a_dry_run_alone() -> None:
    record = aged(TODAY)
    with pytest.raises(CommandError, match="dry-run") as refused:
        run("--as-of", "2030-11-24")
    assert refused.value.returncode == 78
    assert not PurgeRun.objects.exists()
    assert certificate("--dry-run", "--as-of", "2030-11-24")["due"] == 1
    assert certificate("--dry-run", "--as-of", "2030-11-23")["due"] == 0
    assert left(record) == [record]


@pytest.mark.parametrize(("apart", "passes"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_clocks_that_are_too_far_apart_stop_it(apart: int, passes: bool) -> None:
    record = aged()
    host = noon(TODAY) + timedelta(seconds=apart)
    if passes:
        run(at=noon(TODAY), host=host)
        assert left(record) == []
        return
    with pytest.raises(CommandError, match="301 seconds apart") as refused:
        run(at=noon(TODAY), host=host)
    assert refused.value.returncode == 78
    assert left(record) == [record]
    assert not PurgeRun.objects.exists()


def test_before_any_edition_nobody_knows_for_how_long() -> None:
    with pytest.raises(CommandError, match="edition") as refused:
        run("--as-of", "2025-12-31")
    assert refused.value.returncode == 78


@pytest.mark.parametrize(
    "flags",
    [
        ["--as-of", "tomorrow"],
        ["--batch-size", "0"],
        ["--max-share", "101"],
        ["--max-share", "-1"],
        ["--check", "--dry-run"],
    ],
)
def test_a_bad_flag_stops_it_with_a_clear_word(flags: list[str]) -> None:
    with pytest.raises(CommandError, match=flags[0]):
        run(*flags)
    assert not PurgeRun.objects.exists()


def test_an_abbreviated_flag_starts_nothing() -> None:
    record = aged()
    command = [sys.executable, "manage.py", "purge_expired", "--max-shar", "3"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unrecognized arguments: --max-shar" in done.stderr
    assert left(record) == [record]
