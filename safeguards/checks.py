"""第6条 (アクセス制御): what production must not be started with."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def everybody_needs_a_factor(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """No account signs in with a password alone."""
    if settings.DEBUG or not settings.STAFF_WITHOUT_SECOND_FACTOR:
        return []
    return [Error("STAFF_WITHOUT_SECOND_FACTOR is for development only.", id="safeguards.E001")]
