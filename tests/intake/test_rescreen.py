"""2-1: `rescreen` reads what other rules have read, flags what looks personal, and leaves people's decisions alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.choices import Review
from intake.models import KIND, Consultation
from intake.services import free_texts, reading, rescreening, sight
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.intake.client import every_statement
from tests.intake.desk import AT, entries, fresh
from tests.intake.desk_page import consultation
from tests.intake.staff import member
from tests.intake.texts import PHONE, SECURITY

pytestmark = pytest.mark.django_db(databases="__all__")

OLD = {"screened_with": "rules of old", "review": "", "flagged_at": None}


def old(security: str = SECURITY, **columns: object) -> Consultation:
    """One that other rules have read, and found nothing in."""
    found = consultation(security=security)
    Consultation.objects.filter(id=found.id).update(**{**OLD, **columns})
    return fresh(found)


def rescreen(**options: object) -> dict[str, int]:
    """The table that it prints."""
    out = StringIO()
    call_command("rescreen", stdout=out, **options)
    lines = [line.rsplit(maxsplit=1) for line in out.getvalue().splitlines() if "dry run" not in line]
    return {name: int(count) for name, count in lines}


@pytest.mark.parametrize("version", ["rules of old", ""])
def test_what_other_rules_missed_is_flagged_with_an_entry(version: str) -> None:
    one = old(screened_with=version)
    assert rescreen() == {"looked at": 1, "flagged": 1, "unchanged": 0, "unreadable": 0, "up to date": 0}
    after = fresh(one)
    assert (after.review, after.screened_with) == ("due", free_texts.rules_digest())
    assert entries(one.id)[-1] == ("consultation.flagged", "phone=1", None)
    assert AuditEntry.objects.latest("id").at == after.flagged_at


def test_it_is_out_of_ordinary_sight_from_then_on() -> None:
    one, by = old(), member()
    assert PHONE in reading.open_personal(one, by=by, at=AT).personal.security
    rescreen()
    assert PHONE not in reading.open_personal(fresh(one), by=by, at=AT).personal.security


def test_a_form_that_was_open_meanwhile_saves_as_if_nothing_had_been() -> None:
    one = old()
    rescreen()
    assert fresh(one).version == one.version


def test_what_is_clean_is_noted_as_read_and_has_no_entry() -> None:
    one = old("国内での保管を希望します。")
    before = AuditEntry.objects.count()
    assert rescreen() == {"looked at": 1, "flagged": 0, "unchanged": 1, "unreadable": 0, "up to date": 0}
    assert (fresh(one).review, fresh(one).screened_with) == ("", free_texts.rules_digest())
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("review", [Review.RELEASED, Review.REDACTED])
def test_what_people_decided_stays_so_and_closed(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    one = old(review=review, flagged_at=AT)

    def never(*args: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr("intake.services.rescreening.reading.unseal", never)
    assert rescreen() == {"looked at": 1, "flagged": 0, "unchanged": 1, "unreadable": 0, "up to date": 0}
    after = fresh(one)
    assert (after.review, after.flagged_at, after.screened_with) == (review, AT, free_texts.rules_digest())


def test_what_waits_for_a_person_stays_hidden_for_the_rules_that_flagged_it() -> None:
    """Old rules found something in one box, today's in another: neither comes to light by a run."""
    one = old(review=Review.DUE, flagged_at=AT)
    assert rescreen() == {"looked at": 0, "flagged": 0, "unchanged": 0, "unreadable": 0, "up to date": 0}
    after = fresh(one)
    assert (after.review, after.screened_with) == (Review.DUE, "rules of old")
    personal = reading.unseal(after).personal
    answered = {field for field in free_texts.FIELDS if getattr(personal, field)}
    assert set(sight.ordinary(after, personal)[1]) == answered != set()


def test_a_dry_run_says_the_same_and_changes_nothing() -> None:
    old(), old("国内での保管を希望します。")
    rows, entries_before = list(Consultation.objects.values()), AuditEntry.objects.count()
    dry = rescreen(dry_run=True)
    assert (list(Consultation.objects.values()), AuditEntry.objects.count()) == (rows, entries_before)
    assert (
        dry == rescreen() == {"looked at": 2, "flagged": 1, "unchanged": 1, "unreadable": 0, "up to date": 0}
    )


def test_a_second_run_finds_nothing_to_do_and_says_that_all_is_up_to_date() -> None:
    old()
    consultation()
    assert rescreen()["up to date"] == 1
    assert rescreen() == {"looked at": 0, "flagged": 0, "unchanged": 0, "unreadable": 0, "up to date": 2}


def test_an_envelope_that_does_not_open_is_counted_the_others_are_read_and_the_run_has_failed() -> None:
    broken, sound = old(), old()
    envelopes.destroy(kind=KIND, record_ids=[broken.id])
    with pytest.raises(CommandError, match="1 of 2 envelopes did not open"):
        rescreen()
    assert (fresh(broken).screened_with, fresh(sound).review) == ("rules of old", "due")
    with pytest.raises(CommandError, match="1 of 1"):
        rescreen()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_batches_neither_lose_nor_repeat_a_record(size: int) -> None:
    for _ in range(5):
        old()
    assert rescreen(batch_size=size)["flagged"] == 5
    assert (
        AuditEntry.objects.filter(event="consultation.flagged").count() == 10
    )  # each at its submission, too


def test_a_run_that_was_stopped_has_kept_its_batches_and_the_next_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        old()
    write, batches = rescreening._write, []

    def stopped(*args: object, **kwargs: object) -> None:
        batches.append(args)
        if len(batches) == 2:
            raise KeyboardInterrupt
        write(*args, **kwargs)  # type: ignore[arg-type] # as it was called

    with monkeypatch.context() as run:
        run.setattr(rescreening, "_write", stopped)
        with pytest.raises(KeyboardInterrupt):
            rescreen(batch_size=2)
    assert Consultation.objects.filter(review="due").count() == 2
    assert rescreen(batch_size=2) == {
        "looked at": 3,
        "flagged": 3,
        "unchanged": 0,
        "unreadable": 0,
        "up to date": 2,
    }


def test_no_more_than_a_batch_is_fetched_and_it_comes_by_the_key() -> None:
    for _ in range(4):
        old()
    with CaptureQueriesContext(connection) as queries:
        rescreen(batch_size=2)
    fetched = [
        each["sql"] for each in queries if each["sql"].startswith("SELECT") and '"sealed"' in each["sql"]
    ]
    assert len(fetched) == 3
    assert all('ORDER BY "intake_consultation"."id" ASC LIMIT 2 FOR UPDATE' in sql for sql in fetched)
    assert all('"technical"' not in sql for sql in fetched)


def test_batches_of_none_are_refused() -> None:
    with pytest.raises(CommandError, match="at least 1"):
        rescreen(batch_size=0)


def test_a_batch_is_opened_by_one_query_however_long_it_is() -> None:
    def cost() -> int:
        Consultation.objects.update(**OLD)
        with every_statement() as statements:
            assert rescreen()["flagged"] == 0
        return len(statements)

    old("国内")
    one = cost()
    for _ in range(4):
        old("国内")
    assert cost() == one
