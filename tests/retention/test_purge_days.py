"""第9条: the day on which a record goes — to the second, in Tokyo, by the edition that decides."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from intake.models import Consultation
from retention import rules
from tests.intake.desk import fresh, stored
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.records import OVER, TODAY, TOKYO, aged, left, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
TABLE = [
    ("2024-02-29", "2026-03-01"),
    ("2024-02-28", "2026-03-01"),
    ("2026-02-27", "2028-02-28"),
    ("2026-02-28", "2028-03-01"),
    ("2025-12-31", "2028-01-01"),
    ("2026-01-31", "2028-02-01"),
    ("2026-11-22", "2028-11-23"),
    ("2026-04-01", "2028-04-02"),
]


@pytest.mark.parametrize(("last_contact", "purged"), TABLE)
def test_a_record_stays_to_the_last_second_of_its_last_day_and_goes_on_the_next(
    last_contact: str, purged: str
) -> None:
    record, day = aged(date.fromisoformat(last_contact)), date.fromisoformat(purged)
    for moment in (noon(day - DAY), datetime.combine(day - DAY, time(23, 59, 59), TOKYO)):
        run(at=moment)
        assert left(record) == [record]
    run(at=datetime.combine(day, time(0), TOKYO))
    assert left(record) == []


@pytest.mark.parametrize(("last_contact", "purged"), TABLE)
def test_the_day_after_it_is_gone_too(last_contact: str, purged: str) -> None:
    record = aged(date.fromisoformat(last_contact))
    run(at=date.fromisoformat(purged) + DAY)
    assert left(record) == []


def test_a_contact_late_at_night_in_utc_counts_from_its_day_in_tokyo() -> None:
    at = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)  # April already
    record = stored(at=at).id
    assert fresh(Consultation.objects.get(id=record)).last_contact_on == date(2026, 4, 1)
    run(at=date(2028, 4, 1))
    assert left(record) == [record]
    run(at=date(2028, 4, 2))
    assert left(record) == []


def test_the_edition_that_the_person_agreed_to_ends_sooner_where_its_period_is_shorter(
    editions: Editions,
) -> None:
    editions.add("2028-01-01", ("years = 2", "years = 3"), file="facts.toml")
    earlier, later = aged(), aged()
    Consultation.objects.filter(id=later).update(policy_edition=date(2028, 1, 1))
    run()
    assert left(earlier, later) == [later]
    run(at=date(2029, 11, 22))
    assert left(later) == [later]
    run(at=date(2029, 11, 23))
    assert left(later) == []


def test_a_shorter_period_of_the_edition_in_force_reaches_what_was_stored_before(editions: Editions) -> None:
    record = aged(date(2027, 6, 1))
    run(at=date(2028, 6, 2))
    assert left(record) == [record]
    editions.add("2028-06-03", ("years = 2", "years = 1"), file="facts.toml")
    run(at=date(2028, 6, 2))
    assert left(record) == [record]
    run(at=date(2028, 6, 3))
    assert left(record) == []


def test_a_day_that_has_passed_erases_what_was_over_then() -> None:
    earlier, later = aged(OVER - DAY), aged()
    run("--as-of", "2028-11-22")
    assert left(earlier, later) == [later]


def test_the_rules_say_the_same_as_the_selection() -> None:
    records = {day: aged(day) for day in (OVER + number * DAY for number in range(-2, 3))}
    run()
    stays = [day for day, record in records.items() if left(record)]
    assert stays == [day for day in records if rules.purge_from(day, 2) > TODAY]
