"""第6条 (アクセス制御): close the account of somebody who leaves, and hand on what was assigned to them."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from intake.services import triage
from safeguards.services import staff


class Command(BaseCommand):
    help = (
        "Close a staff account: no rights, no password, no second factor, no session. Its consultations go to "
        "--hand-to or, without it, to nobody, so that the desk shows them as unassigned. The account itself "
        "stays, since the audit names it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--hand-to", metavar="USERNAME", default="", help="who takes the consultations")

    def handle(self, *args: object, username: str, hand_to: str, **options: object) -> None:
        at = timezone.now()
        if username == hand_to:
            raise CommandError("nobody hands on to themselves")
        try:
            with transaction.atomic():
                leaver, successor = staff.named(username), staff.named(hand_to) if hand_to else None
                count = triage.hand_on(leaver, to=successor, by=None, at=at)
                staff.leave(leaver, handed_on=count, at=at)
        except staff.StaffRefused as error:
            raise CommandError(str(error)) from None
        except triage.NotAssignable:
            raise CommandError(f"{hand_to} may not work on consultations") from None
        self.stdout.write(f"{username} is closed; {count} consultations handed on")
