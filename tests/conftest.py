"""What every test stands on: the embedded PostgreSQL, and flushes that the append-only audit allows."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from casetra import embedded
from tests import staff


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """pytest-django asks for this before it makes the test database: a good moment to start the server."""
    embedded.start()


@pytest.fixture(autouse=True, scope="session")
def _audit_survives_everything_but_a_flush() -> Iterator[None]:
    """Tests with real transactions end with a TRUNCATE, which the audit's trigger refuses outside of it."""
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> Any:
        if not any("safeguards_auditentry" in sql for sql in sql_list):  # a vault apart has no audit
            return flush(self, sql_list)
        table = "ALTER TABLE safeguards_auditentry {} TRIGGER USER"
        return flush(self, [table.format("DISABLE"), *sql_list, table.format("ENABLE")])

    patch = pytest.MonkeyPatch()
    patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
    yield
    patch.undo()


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    """pytest-django's superuser, signed in as the site asks for it."""
    return staff.sign_in(Client(), admin_user)
