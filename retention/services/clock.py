"""第9条: the day of a run is the database's, in Tokyo; a host that disagrees with it stops the run."""

from datetime import datetime, timedelta

from django.db import connection

MOST_APART = timedelta(seconds=300)


class ClockRefused(Exception):
    """Host and database do not agree on the time: nobody knows which records are due."""


def moment() -> datetime:
    """The database's time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (found,) = cursor.fetchone()
    assert isinstance(found, datetime)  # noqa: S101 - as PostgreSQL has it
    return found


def agreed(host: datetime) -> datetime:
    """The database's time, if the host's is not more than MOST_APART away from it."""
    found = moment()
    apart = abs(found - host)
    if apart > MOST_APART:
        raise ClockRefused(
            f"host and database are {round(apart.total_seconds())} seconds apart (at most {MOST_APART.seconds})"
        )
    return found
