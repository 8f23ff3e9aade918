"""Faults that a test plants in the database of a running site, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.system.server import Database


@contextmanager
def statement(database: Database, do: str, undo: str) -> Iterator[None]:
    """A fault planted in the database for a while."""
    with database.connect() as connection:
        connection.execute(do)
        try:
            yield
        finally:
            connection.execute(undo)


@contextmanager
def unreachable(database: Database) -> Iterator[None]:
    """The database refuses everybody, as while it restarts."""
    with Database("postgres", database.folder).connect() as server:
        server.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name]
        )
        try:
            yield
        finally:
            server.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS true")
