"""`make guide`: takes the pictures of docs/運用手引き.md anew, from a scratch database with invented consultations."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.guide.shots import Shot

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.guide.settings"


def main() -> None:
    """Start the site on its own database, take the pictures that were named (or all), and drop the database."""
    parser = ArgumentParser(prog="python -m tests.guide", description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to take (default: all)")
    parser.add_argument("--into", type=Path, help="folder for them (default: docs/images)")
    options = parser.parse_args()

    django.setup()
    # These need the settings that were just read.
    from django.conf import settings
    from django.db import connection

    from casetra import embedded
    from tests.guide.shots import SHOTS

    known = {shot.name: shot for shot in SHOTS}
    if unknown := set(options.names) - known.keys():
        parser.error(f"no picture is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    into = options.into or Path(settings.BASE_DIR) / "docs" / "images"
    into.mkdir(parents=True, exist_ok=True)
    embedded.start()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _photograph([known[name] for name in options.names or known], into)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _photograph(shots: "Iterable[Shot]", into: Path) -> None:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import programs
    from tests.guide import camera, scene

    program = programs.chromium_path() or sys.exit("guide: no Chromium on the PATH")
    scene.build()
    # Before Playwright starts: its loop in this thread forbids the ORM.
    sessions = {shot.user: scene.session(shot.user) for shot in shots if shot.user}
    server = LiveServer("127.0.0.1")
    try:
        for path in camera.take(shots, url=server.url, sessions=sessions, program=program, into=into):
            sys.stdout.write(f"{path.name}  {path.stat().st_size // 1000:,} kB\n")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
