"""第6条 (アクセス制御): make an account for a member of staff, and print the link that its person signs up with."""

from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from safeguards.services import passwords, staff
from safeguards.services.staff import Role, StaffRefused


class Command(BaseCommand):
    help = (
        "Make a staff account with one role and print a link with which its person, and nobody else, sets the "
        "password; it works once, for three days. With --again: take the password of an account away and print "
        "a new link, for one that ran out or a password that is forgotten. The second factor stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", default="", help=f"one of {', '.join(Role.values)}")
        parser.add_argument("--name", default="", help="the person's name, as colleagues see it")
        parser.add_argument("--email", default="")
        parser.add_argument("--again", action="store_true", help="a new link for an account that exists")

    def handle(self, *args: object, username: str, again: bool, **options: str) -> None:
        try:
            account = self._renew(username, options) if again else self._create(username, options)
        except StaffRefused as error:
            raise CommandError(str(error)) from None
        token = passwords.link_token(account)
        path = reverse("staff:welcome", kwargs={"account_id": account.pk, "token": token})
        self.stderr.write("Hand this link to its person alone; it works once, for three days:")
        self.stdout.write(f"{settings.SITE_URL}{path}")

    def _create(self, username: str, options: dict[str, str]) -> User:
        try:
            role = Role(options["role"])
        except ValueError:
            raise CommandError(f"--role must be one of {', '.join(Role.values)}") from None
        return staff.create(
            username=username, role=role, name=options["name"], email=options["email"], at=timezone.now()
        )

    def _renew(self, username: str, options: dict[str, str]) -> User:
        if options["role"] or options["name"] or options["email"]:
            raise CommandError("--again only prints a new link; roles are changed in the admin")
        return staff.forget_password(staff.named(username), at=timezone.now())
