"""Databases restored from a dump, beside those of the tests: as an operator does it, by PostgreSQL's own programs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from casetra import embedded
from tests.casetra import production


def program(name: str, *arguments: str | Path) -> str:
    """Run one of PostgreSQL's own programs; what it wrote. A single warning or error fails the drill."""
    done = subprocess.run(
        [embedded.program(name), *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


class Restored:
    """The databases of the restore, beside those of the tests: one, or two with a vault apart."""

    def __init__(self) -> None:
        # Named as they are now: under pytest the settings' own names are those of the test databases.
        self.now = {alias: connections[alias].settings_dict["NAME"] for alias in settings.DATABASES}
        self.names = {alias: f"{name}_restored" for alias, name in self.now.items()}

    def dump(self, folder: Path, custom: bool) -> dict[str, Path]:
        files = {alias: folder / f"{alias}.dump" for alias in self.now}
        form = "--format=custom" if custom else "--format=plain"
        for alias, file in files.items():
            program(
                "pg_dump", form, f"--file={file}", f"--dbname={production.embedded_url(name=self.now[alias])}"
            )
        return files

    def restore(self, files: dict[str, Path], custom: bool) -> None:
        for alias, file in files.items():
            self.anew(alias)
            into = f"--dbname={production.embedded_url(name=self.names[alias])}"
            if custom:
                program("pg_restore", "--exit-on-error", "--single-transaction", into, file)
            else:
                quiet = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
                program("psql", *quiet, into, "--file", file)

    def anew(self, alias: str) -> None:
        self.drop(alias)
        with psycopg.connect(production.embedded_url(), autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.names[alias])))

    def drop(self, alias: str) -> None:
        with psycopg.connect(production.embedded_url(), autocommit=True) as server:
            name = sql.Identifier(self.names[alias])
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def manage(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """A command of manage.py that works on the restored databases."""
        urls = {"default": "DATABASE_URL", "vault": "VAULT_DATABASE_URL"}
        given = {urls[alias]: production.embedded_url(name=name) for alias, name in self.names.items()}
        env = {"PATH": os.environ["PATH"], "DEBUG": "true", "PYTHONDONTWRITEBYTECODE": "1", **given}
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(
            command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60
        )

    def ask(
        self, query: LiteralString | sql.Composed, *values: Any, alias: str = "default"
    ) -> list[tuple[Any, ...]]:
        home = alias if alias in self.names else "default"
        with psycopg.connect(production.embedded_url(name=self.names[home])) as connection:
            return connection.execute(query, values).fetchall()

    def everything(self) -> str:
        """Every row of every table, as text."""
        found = []
        for alias in self.names:
            tables = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", alias=alias)
            for (table,) in tables:
                rows = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
                found += [row for (row,) in self.ask(rows, alias=alias)]
        return "\n".join(found)
