"""2-1: send the mails that could not be sent with their consultation."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.services import mail


class Command(BaseCommand):
    help = (
        "Send the acknowledgements and staff notices that are not yet sent, for consultations of the last "
        f"{mail.DUE_FOR.days} days. Run it every few minutes; two runs at once send nothing twice. Exits with 1 "
        "when a mail could not be sent and stays due."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=1000, help="mails in this run at most (default 1000)"
        )

    def handle(self, *args: object, limit: int, **options: object) -> None:
        if limit < 1:
            raise CommandError("--limit must be at least 1")
        report = mail.send_pending(at=timezone.now(), limit=limit)
        counts = f"{report.sent} sent, {report.refused} refused for good, {report.left} left after a fault"
        if report.left:
            raise CommandError(counts)
        self.stdout.write(counts)
