"""What every test stands on: the embedded PostgreSQL, and flushes that the audit and legal holds allow."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from casetra import embedded
from tests import staff

GUARDED = ("safeguards_auditentry", "intake_consultation")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """pytest-django asks for this before it makes the test database: a good moment to start the server."""
    embedded.start()


@pytest.fixture(autouse=True, scope="session")
def _audit_and_holds_survive_everything_but_a_flush() -> Iterator[None]:
    """Tests with real transactions end with a TRUNCATE, which triggers refuse outside of it: the audit's always, the
    consultations' while one is held."""
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> Any:
        # A vault apart has none of them.
        guarded = [table for table in GUARDED if any(table in sql for sql in sql_list)]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        return flush(self, [*off, *sql_list, *on])

    patch = pytest.MonkeyPatch()
    patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
    yield
    patch.undo()


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    """pytest-django's superuser, signed in as the site asks for it."""
    return staff.sign_in(Client(), admin_user)
