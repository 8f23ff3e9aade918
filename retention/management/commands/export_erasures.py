"""第9条: write the ledger of erasures to where no backup is kept."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from retention.services.replay import KINDS
from safeguards.services import ledger


class Command(BaseCommand):
    help = (
        "Write the ledger of erasures (第9条) as JSON lines: random id, kind, basis, run and moment, nothing else. "
        "Keep the file off the host, apart from the backups: replay_erasures needs it after a restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            metavar="FILE",
            help="replace FILE in one step (mode 0600), unless it names erasures that the database does not know",
        )

    def handle(self, *args: object, to: Path | None, **options: object) -> None:
        try:
            self._export(to, at=timezone.now())
        except Error as error:
            # Its class alone: a message may quote host, user or statement.
            raise CommandError(f"the database failed ({type(error).__name__}); run it again") from None

    def _export(self, to: Path | None, *, at: datetime) -> None:
        if to is None:
            count = ledger.export(self.stdout.write, at=at)
            self.stderr.write(f"{count} erasures written", self.style.SUCCESS)  # beside the ledger, not in it
            return
        try:
            count = ledger.export_to(to, at=at, kinds=KINDS)
        except ledger.NotReplayed as error:
            raise CommandError(
                f"{to.name} names {error} erasures that the database does not know: after a restore, run "
                "replay_erasures first"
            ) from None
        except ledger.LedgerRefused as error:
            raise CommandError(f"{to.name} is no ledger of erasures and is not replaced: {error}") from None
        except OSError as error:
            raise CommandError(f"{to.name} cannot be written: {error.strerror}") from None
        self.stdout.write(f"{count} erasures written")
