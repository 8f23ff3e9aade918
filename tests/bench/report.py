"""The table that `make bench` prints."""

from typing import TextIO

from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from retention.services.purge import BATCH_SIZE
from tests import staff
from tests.bench import bare, desk, fill, measure, purge
from tests.bench.stack import Stack

AIM = 0.6
SMALL, GROWTH_AIM = 1_000, 1.5
FEW, PURGE_AIM, WAIT_AIM = 10_000, 0.4, 2
WIDTH = 56


def write(out: TextIO, *, rounds: int, size: int, records: int) -> None:
    """Measure everything and write one table a subject, as each is done."""
    with connection.schema_editor() as editor:
        editor.create_model(bare.BareRow)
    stack = Stack(get_wsgi_application())

    _heading(out, f"Submissions, whole stack in process ({rounds} × {size} of each)", "per second")
    sent = measure.submissions(stack, rounds=rounds, size=size)
    _line(out, "bare view: the same fields, one row in clear", f"{sent.bare:,.0f}")
    _line(out, "Casetra: envelope, key, record, audit entry", f"{sent.ours:,.0f}")
    _line(out, f"ratio, median of the rounds' (aim: at least {AIM})", f"{sent.ratio:.2f}")
    _line(out, "SQL statements of one submission", str(len(sent.statements)))
    for statement in sent.statements:
        out.write(f"    {' '.join(statement.split()[:3])}\n")

    dummy = "django.core.mail.backends.dummy.EmailBackend"
    with override_settings(EMAIL_BACKEND=dummy, INTAKE_PER_HOUR=1_000_000):
        mailed = measure.submissions(stack, rounds=max(1, rounds // 3), size=size)
    _line(out, "the same with rate counter and an acknowledgement", f"{mailed.ours:,.0f}")
    _line(out, "its ratio, and SQL statements", f"{mailed.ratio:.2f}", str(len(mailed.statements)))

    repeats = max(1, rounds // 3)
    _heading(out, f"Pages (median of {repeats})", "ms", "× bare", "SQL")
    _sign_in(stack)
    timings = measure.pages(stack, rounds=repeats, records=records)
    for timing in timings:
        ratio = timing.seconds / timings[0].seconds
        _line(out, timing.name, f"{timing.seconds * 1e3:.2f}", f"{ratio:.1f}", str(timing.statements))

    _heading(out, f"Sealing and opening (median of {rounds * size})", "µs", "SQL")
    for timing in measure.sealing_times(rounds=rounds * size, at=timezone.now()):
        _line(out, timing.name, f"{timing.seconds * 1e6:,.1f}", str(timing.statements))


def write_growth(out: TextIO, *, rounds: int, large: int) -> None:
    """What staff do at 1,000 consultations and at `large`."""
    now, user = timezone.now(), _sign_in(stack := Stack(get_wsgi_application()))
    _heading(out, "Consultations made by SQL", "MB", "seconds")
    sizes = [fill.fill(f"of_{records}", records, at=now) for records in (min(SMALL, large), large)]
    for filled in sizes:
        _line(out, f"{filled.records:,}", f"{filled.size / 1e6:,.0f}", f"{filled.seconds:,.0f}")
    columns = ("ms, fewer", "ms, more", f"ratio ≤{GROWTH_AIM}", "SQL", "full counts")
    _heading(out, f"The desk at both sizes (median of {rounds})", *columns)
    for grown in desk.growth(stack, *sizes, rounds=rounds, by=user, at=now):
        times = f"{grown.small * 1e3:.2f}", f"{grown.large * 1e3:.2f}", f"{grown.ratio:.2f}"
        _line(out, grown.name, *times, str(grown.statements), str(grown.counting))


def write_purge(out: TextIO, *, rounds: int, records: int, many: int) -> None:
    """What the purge takes next to a plain DELETE, at `records`; its memory, and who waits for it, at `many`."""
    now, _ = timezone.now(), _sign_in(stack := Stack(get_wsgi_application()))
    _heading(
        out, f"Purge of {records:,} in batches of {BATCH_SIZE:,} (median of {rounds})", "per second", "ratio"
    )
    measured = purge.rates(records, rounds=rounds, at=now)
    _line(out, "plain DELETE: the same rows, children and keys", f"{measured.plain:,.0f}")
    erasing, whole = (f"{ratio:.2f}" for ratio in (measured.erasing_ratio, measured.whole_ratio))
    _line(out, f"purge, until all is erased (aim: at least {PURGE_AIM})", f"{measured.erasing:,.0f}", erasing)
    _line(out, "the same and the search for leftovers", f"{measured.whole:,.0f}", whole)

    _heading(out, "Its memory, and submissions meanwhile", "MB", "p99, ms")
    few = purge.peak(min(FEW, many), at=now)
    _line(out, f"peak while purging {few.records:,}", f"{few.peak:,.1f}")
    waited = purge.meanwhile(stack, many, at=now)
    idle, busy = (f"{seconds * 1e3:,.1f}" for seconds in (waited.idle, waited.busy))
    _line(out, f"the same at {waited.purged.records:,} (aim: flat)", f"{waited.purged.peak:,.1f}", busy)
    _line(out, f"submissions alone ({waited.sent} of each)", "", idle)
    _line(out, f"ratio (aim: at most {WAIT_AIM})", "", f"{waited.busy / waited.idle:.2f}")


def _sign_in(stack: Stack) -> User:
    user, _ = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    client = staff.sign_in(Client(), user)
    stack.cookies["sessionid"] = client.cookies["sessionid"].value
    return user


def _heading(out: TextIO, *columns: str) -> None:
    out.write("\n")
    _line(out, *columns)
    out.write("-" * (WIDTH + 12 * (len(columns) - 1)) + "\n")


def _line(out: TextIO, name: str, *columns: str) -> None:
    out.write(f"{name:<{WIDTH}}" + "".join(f"{column:>12}" for column in columns) + "\n")
    out.flush()
