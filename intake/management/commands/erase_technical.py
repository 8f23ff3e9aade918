"""2-3, 第9条: erase address and browser of submissions when their days are over."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from intake.services import technical


class Command(BaseCommand):
    help = (
        "Erase the addresses and browsers of submissions that are older than the edition in force allows "
        "(retention.technical in its facts). Run it daily; a run that was stopped goes on where it ended."
    )

    def handle(self, *args: object, **options: object) -> None:
        erased = technical.erase_due(at=timezone.now())
        self.stdout.write(f"{erased} erased")
