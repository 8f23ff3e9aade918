"""The table that `make bench` prints."""

from typing import TextIO

from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from tests import staff
from tests.bench import bare, measure
from tests.bench.stack import Stack

AIM = 0.6
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


def _sign_in(stack: Stack) -> None:
    client = staff.sign_in(Client(), User.objects.create_superuser("bench"))
    stack.cookies["sessionid"] = client.cookies["sessionid"].value


def _heading(out: TextIO, *columns: str) -> None:
    out.write("\n")
    _line(out, *columns)
    out.write("-" * (WIDTH + 12 * (len(columns) - 1)) + "\n")


def _line(out: TextIO, name: str, *columns: str) -> None:
    out.write(f"{name:<{WIDTH}}" + "".join(f"{column:>12}" for column in columns) + "\n")
    out.flush()
