"""A real gunicorn on a scratch database of the embedded PostgreSQL."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings
from psycopg import sql

from casetra import embedded
from tests.system.client import Client

START_SECONDS = 30


@dataclass(frozen=True)
class Database:
    """A migrated database of its own."""

    name: str
    folder: Path

    @property
    def url(self) -> str:
        """As DATABASE_URL and pg_dump take it."""
        return f"postgresql://postgres@/{self.name}?host={self.folder}"

    @property
    def server_log(self) -> Path:
        """What PostgreSQL itself writes down, for all its databases."""
        return self.folder / "log"

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection that commits every statement."""
        return psycopg.connect(self.url, autocommit=True)

    def manage(self, *arguments: str, **environment: str) -> str:
        """Standard output of `manage.py` on this database."""
        return _run([sys.executable, "manage.py", *arguments], _environment(self) | environment)

    def python(self, module: str) -> str:
        """Standard output of `python -m module` on this database."""
        return _run([sys.executable, "-m", module], _environment(self))

    def dump(self) -> str:
        """Everything in the database as plain SQL: a compressed dump would never contain any mark."""
        program = str(embedded.program("pg_dump"))
        return _run([program, "--format=plain", "--inserts", f"--dbname={self.url}"], _environment(self))


@dataclass(frozen=True)
class Server:
    """A running gunicorn and the file with its standard output and error."""

    address: tuple[str, int]
    process: "subprocess.Popen[bytes]"
    log: Path

    def workers(self) -> list[int]:
        """The process ids of the workers that live now."""
        lines = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        pairs = (line.split() for line in lines)
        return [int(pid) for pid, parent in pairs if int(parent) == self.process.pid]

    def kill(self, worker: int) -> None:
        """End one worker as the kernel would when memory runs out."""
        os.kill(worker, signal.SIGKILL)


@contextmanager
def scratch_database() -> Iterator[Database]:
    """A fresh, migrated database on the embedded server, dropped afterwards."""
    embedded.start()
    assert settings.EMBEDDED_POSTGRES is not None
    database = Database(f"scratch_{uuid4().hex[:12]}", settings.EMBEDDED_POSTGRES)
    name = sql.Identifier(database.name)
    with psycopg.connect(host=str(database.folder), user="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            database.manage("migrate", "--verbosity", "0")
            yield database
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def running(database: Database, *, workers: int, log: Path, **settings_: str) -> Iterator[Server]:
    """gunicorn with the project's own configuration (and, by name, more of it), ended afterwards."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener, log.open("wb") as output:
        # gunicorn takes over the open socket: no other program can be given the port in between.
        environment = _environment(database) | {
            "BIND": f"fd://{listener.fileno()}",
            "WEB_CONCURRENCY": str(workers),
            **settings_,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:casetra.gunicorn", "casetra.wsgi"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[listener.fileno()],
        )
        server = Server(listener.getsockname(), process, log)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server) -> None:
    # The socket listens before gunicorn does: the first connection waits until a worker takes it, or is
    # reset when gunicorn ends.
    try:
        page = Client(server.address, timeout=START_SECONDS).get("/healthz")
    except OSError:
        page = None
    assert page is not None, f"gunicorn did not start: {server.log.read_text()}"
    assert page.status == 200, page.text


def _run(command: list[str], environment: dict[str, str]) -> str:
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _environment(database: Database) -> dict[str, str]:
    ours = {"DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "tests.system.settings"}
    return {**os.environ, **ours}
