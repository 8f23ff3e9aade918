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
    small = ["--rounds", "1", "--size", "5", "--records", "5", "--large", "1500"]
    command = [sys.executable, "-m", "tests.bench", *small]
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
        r"1,000 +\d+ +\d+",
        r"1,500 +\d+ +\d+",
        r"admin home +[\d.]+ +[\d.]+ +[\d.]+ +\d+ +0",
        r"exact e-mail \(page\) +[\d.]+ +[\d.]+ +[\d.]+ +\d+ +0",
        r"admin list, first page +[\d.]+ +[\d.]+ +[\d.]+ +\d+ +\d+",
        r"search: exact e-mail +[\d.]+ +[\d.]+ +[\d.]+ +\d+ +0",
    ):
        assert re.search(line, result.stdout), f"{line} is missing in:\n{result.stdout}"
    assert scratch_databases() <= before
