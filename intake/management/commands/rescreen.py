"""2-1: read the free texts of stored consultations with the screen's present rules."""

from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.services import rescreening


class Command(BaseCommand):
    help = (
        "Read the free texts (2-1) of consultations that were read with other rules than today's, or never, and flag "
        "those that look personal, unless somebody has decided on them. Run it after an update that changes the "
        "rules; one that was stopped goes on where it ended. Exits with 1 when an envelope did not open."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="the same table, and nothing is written")
        parser.add_argument(
            "--batch-size", type=int, default=100, help="records in one transaction (default 100)"
        )

    def handle(self, *args: object, dry_run: bool, batch_size: int, **options: object) -> None:
        if batch_size < 1:
            raise CommandError("--batch-size must be at least 1")
        done = rescreening.rescreen(at=timezone.now(), batch_size=batch_size, writes=not dry_run)
        if dry_run:
            self.stdout.write("dry run: nothing is written")
        for name, count in asdict(done).items():
            self.stdout.write(f"{name.replace('_', ' '):<10} {count:>9,}")
        if done.unreadable:
            raise CommandError(f"{done.unreadable} of {done.looked_at} envelopes did not open")
