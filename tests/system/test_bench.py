"""`make bench` keeps working; its times are for reading and never asserted."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.system.server import Database


def scratch_databases() -> set[str]:
    """The names of the bench's databases on the embedded server."""
    assert settings.EMBEDDED_POSTGRES is not None
    with Database("postgres", settings.EMBEDDED_POSTGRES).connect() as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'scratch_bench_%'")
        return {str(row[0]) for row in names}


@pytest.mark.usefixtures("database")
def test_the_bench_prints_every_line_and_leaves_no_database_behind() -> None:
    before = scratch_databases()
    command = [sys.executable, "-m", "tests.bench", "--rounds", "1", "--size", "5", "--records", "5"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    for line in (
        r"bare view: the same fields, one row in clear +[\d,]+",
        r"Casetra: envelope, key, record, audit entry +[\d,]+",
        r"ratio, .*aim: at least 0\.6\) +\d+\.\d\d",
        r"step contact +[\d.]+",
        r"check page +[\d.]+",
        r"/privacy/ +[\d.]+",
        r"admin list of \d+ +[\d.]+",
        r"raw AESGCM encrypt, \d+ B +[\d.]+ +0",
        r"service: open 100 +[\d,.]+ +1",
        r"p95 \(aim: at most 2 ms\) +[\d.]+ ms",
    ):
        assert re.search(line, result.stdout), f"{line} is missing in:\n{result.stdout}"
    assert scratch_databases() <= before
