"""`make bench` keeps working; its times are for reading and never asserted."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.system.server import Database

# What staff look at and search for; each with its times, their ratio, its statements, and no full count.
AT_BOTH_SIZES = (
    "admin home",
    "admin list, first page",
    "admin list, unfinished",
    "admin list, one status",
    "admin list, one assignee",
    "admin list, next action due",
    "admin list, by reference",
    "admin list, company, rare",
    "admin list, company, in a tenth of all",
    "admin page of one (opens it)",
    "exact e-mail (page)",
    "search: company, rare",
    "search: company, in a tenth of all",
    "search: company, in all",
    "search: exact e-mail",
)
GROWTH = r" +[\d.]+ +[\d.]+ +[\d.]+ +\d+ +0\n"


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
        r"check page with findings in every free text +[\d.]+",
        r"/privacy/ +[\d.]+",
        r"admin list of \d+ +[\d.]+",
        r"raw AESGCM encrypt, \d+ B +[\d.]+ +0",
        r"service: open 100 +[\d,.]+ +1",
        r"1,000 +\d+ +\d+",
        r"1,500 +\d+ +\d+",
        *(rf"{re.escape(name)}{GROWTH}" for name in AT_BOTH_SIZES),
        r"p95 \(aim: at most 2 ms\) +[\d.]+ ms",
    ):
        assert re.search(line, result.stdout), f"{line} is missing in:\n{result.stdout}"
    assert scratch_databases() <= before
