"""Development's secrets: made once a checkout, for the owner's eyes only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from casetra import development
from safeguards.rules import keyring

AT_ONCE = 24


def test_they_are_made_once_however_many_start_at_the_same_time(tmp_path: Path) -> None:
    barrier = Barrier(AT_ONCE)

    def load(_: int) -> development.DevelopmentSecrets:
        barrier.wait()
        return development.load(tmp_path / "var")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert len(set(pool.map(load, range(AT_ONCE)))) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["development.json"]


def test_a_later_start_finds_the_same_ones(tmp_path: Path) -> None:
    first = development.load(tmp_path / "var")
    assert development.load(tmp_path / "var") == first
    assert development.load(tmp_path / "other") != first


def test_only_the_owner_reads_them(tmp_path: Path) -> None:
    development.load(tmp_path)
    assert stat.S_IMODE((tmp_path / "development.json").stat().st_mode) == 0o600


def test_they_are_as_good_as_productions(tmp_path: Path) -> None:
    made = development.load(tmp_path)
    assert keyring.parse(made.keyring).newest
    assert len(made.secret_key) >= 50
