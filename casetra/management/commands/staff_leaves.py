"""第6条 (アクセス制御): close the account of somebody who leaves, and hand on what was assigned to them."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from safeguards.services import staff


class Command(BaseCommand):
    help = (
        "Close a staff account: no rights, no password, no second factor, no session. Its consultations go to "
        "--hand-to, or back to nobody. The account stays, since the audit names it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--hand-to", metavar="USERNAME", default="", help="who takes the consultations")

    def handle(self, *args: object, username: str, hand_to: str, **options: object) -> None:
        at = timezone.now()
        try:
            leaver = staff.named(username)
            with transaction.atomic():
                staff.leave(leaver, handed_on=0, at=at)
        except staff.StaffRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{username} is closed; 0 consultations handed on")
