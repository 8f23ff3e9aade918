"""Invented consultations for demonstrations and measurements."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casetra.demo import staff, stage
from intake.models import Consultation


class Command(BaseCommand):
    help = (
        "Development only: make invented consultations of the last three years, with contacts and in every status, "
        "through the services; no mail is sent. The same seed on the same day gives the same ones, under the same "
        "references and ids; what was made before stays as it is, and a higher number adds the rest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--consultations", type=int, default=60, metavar="N", help="how many (default 60)"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones (default 1)")
        parser.add_argument("--if-empty", action="store_true", help="only where there is no consultation yet")

    def handle(self, *args: object, consultations: int, seed: int, if_empty: bool, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("seed_demo is for development only (DEBUG=true)")
        if consultations < 0:
            raise CommandError("--consultations must be 0 or more")
        if if_empty and Consultation.objects.exists():
            return
        now = timezone.localtime(timezone.now())
        played = stage.play(
            seed=seed,
            count=consultations,
            staff=staff.members(),
            now=now,
            progress=lambda made: self.stdout.write(f"{made} made …"),
        )
        self.stdout.write(
            f"Demo: {played.made} invented consultations made, {played.contacts} contacts with them "
            f"({played.there} were there before)"
        )
