"""第9条: the purge is killed and its database stopped under it, while people go on; nothing is lost, all adds up.

A short torture; `make torture` is the long one.
"""

import re
import subprocess
import sys

import pytest
from django.conf import settings

SEED = 20261123


@pytest.mark.parametrize(
    ("stops", "keys"), [(1, []), (0, ["--vault"])], ids=["one database", "a vault apart"]
)
def test_the_purge_keeps_every_promise_whatever_ends_it(stops: int, keys: list[str]) -> None:
    flags = ["--seed", str(SEED), "--kills", "2", "--stops", str(stops), *keys]
    command = [sys.executable, "-m", "tests.torture", *flags]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.endswith("every promise kept\n")
    happened = {
        name.strip(): int(number) for name, number in re.findall(r"^  (.+?) {2,}(\d+)$", result.stdout, re.M)
    }
    assert happened["runs killed"] == 2
    assert happened["immediate stops of the database"] == stops
    assert happened["submissions acknowledged"]
    assert happened["erased: consultation"]
