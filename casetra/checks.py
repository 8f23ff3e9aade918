"""What production must not be started with, beside what Django's own deploy checks look at."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def site_url_is_https(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """第6条: the address that the site gives for itself is one that cannot be listened to."""
    if settings.DEBUG or settings.SITE_URL.startswith("https://"):
        return []
    return [
        Error(
            "SITE_URL must begin with https:// in production."
            if settings.SITE_URL
            else "SITE_URL must be set: ALLOWED_HOSTS names no host that it could be taken from.",
            hint="Without SITE_URL it is https:// and the first plain host name in ALLOWED_HOSTS.",
            id="casetra.E001",
        )
    ]
