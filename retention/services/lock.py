"""第9条: one purge at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KEY = 9_000_002  # an advisory lock of PostgreSQL's is a number: 第9条, two years


class AlreadyRunning(Exception):
    """Another run holds the lock."""


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock of the session; it goes with the connection, whatever becomes of the process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
        if cursor.fetchone() != (True,):
            raise AlreadyRunning
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.broken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
