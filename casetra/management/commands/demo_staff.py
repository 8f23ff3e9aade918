"""`make run`'s staff account."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

USERNAME = "demo"


class Command(BaseCommand):
    help = "Development only: make (or find) the demo staff account and print how to sign in."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("demo_staff is for development only (DEBUG=true)")
        staff, _ = get_user_model().objects.get_or_create(
            username=USERNAME, defaults={"is_staff": True, "is_superuser": True}
        )
        staff.set_password(settings.DEMO_PASSWORD)
        staff.save(update_fields=["password"])
        self.stdout.write(
            f"Staff: {settings.SITE_URL}/admin/  user: {USERNAME}  password: {settings.DEMO_PASSWORD}\n"
            "(no second factor for this account, as only development allows; accounts of create_staff need one)"
        )
