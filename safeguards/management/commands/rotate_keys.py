"""第6条: rewrap data keys under the newest key-encryption key."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safeguards.services import keys
from safeguards.services.envelopes import UnknownKey


class Command(BaseCommand):
    help = (
        "Rewrap every data key under the first (newest) key of CASETRA_KEYRING. Records are not touched; "
        "a run that was stopped goes on where it ended. Run it when every process has the new keyring, and "
        "drop the older keys after a run that says that every key is under the newest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch-size", type=int, default=500, help="keys in one transaction (default 500)"
        )

    def handle(self, *args: object, batch_size: int, **options: object) -> None:
        if batch_size < 1:
            raise CommandError("--batch-size must be at least 1")
        try:
            result = keys.rotate(
                at=timezone.now(),
                batch_size=batch_size,
                progress=lambda n: self.stdout.write(f"{n} keys rewrapped …"),
            )
        except UnknownKey as error:
            raise CommandError(str(error)) from None
        if result.left:
            raise CommandError(
                f"{result.rewrapped} keys rewrapped; {result.left} are damaged and stay as they are"
            )
        self.stdout.write(
            f"{result.rewrapped} keys rewrapped; every key is under {settings.CASETRA_KEYRING.newest}"
        )
