"""第6条 (アクセス制御): reset a second factor where nobody is left who could do it in the admin."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safeguards.services import factors, staff


class Command(BaseCommand):
    help = (
        "Take an account's lost second factor away and end its sessions; the next sign-in sets a new one up. For "
        "the only 個人情報管理者, and for superusers: everybody else asks the 個人情報管理者."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        try:
            had_one = factors.reset(staff.named(username), by=None, at=timezone.now())
        except staff.StaffRefused as error:
            raise CommandError(str(error)) from None
        if not had_one:
            raise CommandError(f"the account {username} has no second factor")
        self.stdout.write(f"{username}: second factor reset")
