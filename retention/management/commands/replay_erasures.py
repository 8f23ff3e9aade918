"""第9条: after a restore, erase again what the backup brought back."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from retention.services import replay


class Command(BaseCommand):
    help = (
        "After a backup was restored, and before the site serves anybody: erase again what FILE (export_erasures) and "
        "the restored ledger name, keys included (第9条). A file with a damaged line changes nothing. Safe to repeat; "
        "one that was stopped goes on where it ended. Exits with 1 when something is left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            done = replay.replay(file, at=timezone.now())
        except replay.LedgerRefused as error:
            raise CommandError(f"{file.name}: {error}; nothing was erased") from None
        except Error as error:
            # Its class alone: a message may quote host, user or statement.
            raise CommandError(f"the database failed ({type(error).__name__}); run it again") from None
        for name, count in asdict(done).items():
            self.stdout.write(f"{name.replace('_', ' '):<14} {count:>9,}")
        if done.left:
            raise CommandError(f"{done.left} of the erased records exist all the same; run it again")
