"""第6条: make the keyring that CASETRA_KEYRING holds."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safeguards.rules import keyring


class Command(BaseCommand):
    help = (
        "Print a fresh keyring, or with --add FILE that file's keyring with a new key put first. "
        "Keep it outside the database's backups; without it nothing sealed can be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--add", metavar="FILE", type=Path, help="a keyring file to add a new first key to"
        )
        parser.add_argument("--id", default="", help="the new key's id (default: today, as in k20261122)")

    def handle(self, *args: object, add: Path | None, **options: object) -> None:
        key_id = str(options["id"] or f"k{timezone.localdate():%Y%m%d}")
        try:
            old = add.read_text() if add else ""
            self.stdout.write(keyring.generate(old, key_id=key_id))
        except OSError as error:
            raise CommandError(f"cannot read the keyring file: {error.strerror}") from None
        except keyring.KeyringError as error:
            raise CommandError(f"the keyring {error}") from None
