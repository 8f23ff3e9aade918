"""第6条: how often somebody did something within a while — exact, and without keeping who it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections, router, transaction
from django.db.models import QuerySet

from safeguards.models import RateCount
from safeguards.rules import rates as rules

KEPT = timedelta(days=1)

# One statement: PostgreSQL locks the row and counts on, so that no two callers ever see the same number. Its
# commit does not wait for the disk: what a crash of the server takes back is the last moment's counts.
_COUNT = """
INSERT INTO safeguards_ratecount AS counted (starts_at, key, n)
SELECT %s, %s, 1 FROM set_config('synchronous_commit', 'off', true)
ON CONFLICT (starts_at, key) DO UPDATE SET n = counted.n + 1 RETURNING n
"""


@dataclass(frozen=True)
class Hit:
    """Which time this was, whether it was still within the limit, and when counting begins anew."""

    count: int
    allowed: bool
    resets_at: datetime


def hit(name: str, subject: str, *, limit: int, at: datetime, window: timedelta = rules.WINDOW) -> Hit:
    """Count one more `name` by `subject` in the full hour (or `window`) of `at`; refused ones are counted too.

    Committed at once, whatever becomes of what is counted: a caller that already is in a transaction, which
    could take the count back, gets Django's RuntimeError. `subject` is not stored, only its HMAC of the day.
    """
    start = rules.window_start(at, window=window)
    salt = rules.salt(settings.CASETRA_KEYRING.lookup_key, on=start.date())
    using = router.db_for_write(RateCount)
    with transaction.atomic(using=using, durable=True), connections[using].cursor() as cursor:
        cursor.execute(_COUNT, [start, rules.key(name, subject, salt=salt)])
        (count,) = cursor.fetchone()
    return Hit(count, count <= limit, start + window)


def old(*, at: datetime) -> QuerySet[RateCount]:
    """The counters of windows that began more than a day before `at`: for the purge to delete."""
    return RateCount.objects.filter(starts_at__lt=at - KEPT)
