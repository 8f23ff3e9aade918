"""第6条: counters that are exact, forget whom they count, and stay whatever becomes of what is counted."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from safeguards.models import RateCount
from safeguards.rules import rates as rules
from safeguards.services import rates

AT = datetime(2026, 11, 22, 3, 20, tzinfo=UTC)  # 12:20 in Tokyo
ADDRESS = "203.0.113.5"
THREADS, EACH = 8, 50


def hit(subject: str = ADDRESS, *, name: str = "tests", limit: int = 3, at: datetime = AT) -> bool:
    return rates.hit(name, subject, limit=limit, at=at).allowed


def key_on(day: date, *, name: str = "tests", subject: str = ADDRESS) -> bytes:
    return rules.key(name, subject, salt=rules.salt(b"root", on=day))


@pytest.mark.parametrize(
    ("at", "start"),
    [
        ("2026-11-22T12:00:00+09:00", "2026-11-22T12:00:00+09:00"),
        ("2026-11-22T12:59:59.999999+09:00", "2026-11-22T12:00:00+09:00"),
        ("2026-11-22T13:00:00+09:00", "2026-11-22T13:00:00+09:00"),
        ("2026-11-22T14:59:59Z", "2026-11-22T23:00:00+09:00"),
        ("2026-11-22T15:00:00Z", "2026-11-23T00:00:00+09:00"),
    ],
)
def test_a_window_is_the_full_hour_in_tokyo(at: str, start: str) -> None:
    assert rules.window_start(datetime.fromisoformat(at)).isoformat() == start


def test_a_key_depends_on_root_day_name_and_subject() -> None:
    day = date(2026, 11, 22)
    keys = {
        key_on(day),
        key_on(date(2026, 11, 23)),
        key_on(day, name="other"),
        key_on(day, subject="203.0.113.6"),
        rules.key("tests", ADDRESS, salt=rules.salt(b"other root", on=day)),
    }
    assert len(keys) == 5
    assert key_on(day) == key_on(day)


@pytest.mark.django_db
def test_the_salt_changes_at_midnight_in_tokyo_and_not_in_between() -> None:
    midnight, second, day = datetime(2026, 11, 22, 15, tzinfo=UTC), timedelta(seconds=1), timedelta(days=1)
    for at in (midnight - day - second, midnight - day, midnight - second, midnight):
        hit(at=at)
    eve, first, last, morrow = (bytes(row.key) for row in RateCount.objects.order_by("starts_at"))
    assert first == last
    assert len({eve, first, morrow}) == 3


@pytest.mark.django_db
def test_the_limit_is_reached_by_the_last_one_allowed_and_counting_begins_anew_with_the_next_hour() -> None:
    assert [hit() for _ in range(5)] == [True, True, True, False, False]
    assert RateCount.objects.get().n == 5
    end = AT.replace(minute=0) + timedelta(hours=1)
    assert rates.hit("tests", ADDRESS, limit=3, at=AT).resets_at == end
    assert not hit(at=end - timedelta(microseconds=1))
    assert hit(at=end)


@pytest.mark.django_db
def test_neither_two_subjects_nor_two_names_disturb_each_other() -> None:
    assert hit(limit=1)
    assert not hit(limit=1)
    assert hit("203.0.113.6", limit=1)
    assert hit(name="other", limit=1)


@pytest.mark.django_db
def test_counting_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    hit()
    with django_assert_num_queries(3) as captured:  # the transaction's frame: savepoints, in a test's own
        hit()
    statements = [query["sql"].split()[0] for query in captured.captured_queries]
    assert statements == ["SAVEPOINT", "INSERT", "RELEASE"]


@pytest.mark.django_db
def test_neither_the_address_nor_any_plain_hash_of_it_is_stored() -> None:
    hit()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_json(counted)::text FROM safeguards_ratecount counted")
        (row,) = cursor.fetchone()
    traces = [ADDRESS, ADDRESS.encode().hex(), *(
        hashlib.new(name, f"{before}{ADDRESS}".encode()).hexdigest()
        for name in ("md5", "sha1", "sha256", "blake2b")
        for before in ("", "tests|", "casetra rate v1|tests|")
    )]  # fmt: skip
    assert bytes(RateCount.objects.get().key).hex() in row  # so that what is searched for would be found
    assert [trace for trace in traces if trace in row] == []


@pytest.mark.django_db(transaction=True)
def test_eight_threads_at_once_are_counted_exactly() -> None:
    start = threading.Barrier(THREADS)

    def hammer(_: int) -> list[bool]:
        try:
            start.wait()
            return [hit(limit=100) for _ in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        allowed = [answer for answers in pool.map(hammer, range(THREADS)) for answer in answers]
    assert len(allowed) == THREADS * EACH
    assert sum(allowed) == 100
    assert RateCount.objects.get().n == THREADS * EACH


@pytest.mark.django_db(transaction=True)
def test_counting_inside_a_transaction_that_could_take_it_back_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        hit()
    assert not RateCount.objects.exists()


@pytest.mark.django_db
def test_what_began_more_than_a_day_ago_is_forgotten_and_nothing_newer() -> None:
    start = AT.replace(minute=0)
    for hours in (26, 25, 24, 23, 0):
        hit(at=start - timedelta(hours=hours))
    assert rates.old(at=start).delete()[0] == 2
    kept = RateCount.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert list(kept) == [start - timedelta(hours=hours) for hours in (24, 23, 0)]
    assert rates.old(at=start + timedelta(microseconds=1)).count() == 1
