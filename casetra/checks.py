"""What production must not be started with, beside what Django's own deploy checks look at."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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


@register(Tags.security, deploy=True)
def mail_can_be_sent(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """2-1: whoever sends the form is told by mail that it came; 第6条: on the way there nobody listens."""
    if settings.DEBUG:
        return []
    by_smtp = settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend")
    found: list[CheckMessage] = []
    if (by_smtp and not settings.EMAIL_HOST) or not settings.DEFAULT_FROM_EMAIL:
        missing = (
            "EMAIL_URL and DEFAULT_FROM_EMAIL are not both set: no mail is sent, and all of it stays due."
        )
        found.append(
            Warning(missing, hint="EMAIL_URL=dummymail:// sends none on purpose.", id="casetra.W002")
        )
    elif by_smtp and not (
        settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in LOOPBACK
    ):
        clear = "EMAIL_URL names a mail server on another machine without encryption."
        found.append(Warning(clear, hint="Use smtp+tls:// or smtps://.", id="casetra.W001"))
    return found
