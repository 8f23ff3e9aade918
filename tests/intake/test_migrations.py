"""2-1: a database of before the desk moves on with its records: the clock starts, companies can be found."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from intake.rules import company

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

BEFORE, DESK = [("intake", "0002_mail")], [("intake", "0003_desk")]


def migrate(to: list[tuple[str, str]]) -> Any:
    """The models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def before() -> Iterator[Any]:
    """The models of before the desk; afterwards the database is up to date again, whatever happened."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        yield migrate(BEFORE)
    finally:
        migrate(newest)


def put(apps: Any, number: int, *, at: datetime, name: str) -> None:
    """A record as it was stored then."""
    apps.get_model("intake", "Consultation").objects.create(
        id=uuid4(),
        reference=f"C-00000-{number:05}",
        status="new",
        submitted_at=at,
        company_name=name,
        sealed=b"\x01 sealed",
        policy_edition=date(2026, 1, 2),
        policy_digest="0" * 64,
        schema_digest="0" * 64,
        submission_token=uuid4(),
    )


def test_records_of_before_the_desk_get_their_clock_and_their_companys_pieces(before: Any) -> None:
    put(before, 1, at=datetime(2026, 2, 28, 14, 59, 59, tzinfo=UTC), name="㈱試験")
    put(before, 2, at=datetime(2028, 2, 28, 15, 0, tzinfo=UTC), name="ｼｹﾝ商事")
    put(before, 3, at=datetime(2026, 7, 1, 3, 0, tzinfo=UTC), name="")
    stored = migrate(DESK).get_model("intake", "Consultation").objects
    clock = dict(stored.values_list("reference", "last_contact_on"))
    assert clock == {
        "C-00000-00001": date(2026, 2, 28),
        "C-00000-00002": date(2028, 2, 29),
        "C-00000-00003": date(2026, 7, 1),
    }
    for one in stored.all():
        assert one.company_normal == company.normal(one.company_name)
        assert one.company_grams == company.grams(one.company_normal)
        assert (one.version, one.assignee, one.next_action_on, one.technical) == (1, None, None, None)
    assert set(stored.values_list("company_normal", flat=True)) == {"株式会社試験", "シケン商事", ""}


def test_an_empty_database_moves_back_and_forth(before: Any) -> None:
    assert "last_contact_on" not in columns()
    migrate(DESK)
    assert "last_contact_on" in columns()


def columns() -> set[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, "intake_consultation")
    return {column.name for column in described}
