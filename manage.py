#!/usr/bin/env python
"""Django's command line, with the embedded PostgreSQL started first where it is used."""

import os
import sys

from django.core.management import execute_from_command_line

# These need no database; all others find it running.
WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "generate_keyring", "help", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetra.settings")
    from casetra import startup

    startup.load_settings()
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE and not sys.argv[1].startswith("-"):
        from casetra import embedded

        embedded.start()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
