"""Where rows live: data keys in the `vault` database when there is one, all else in `default`."""

from typing import Any

from django.conf import settings
from django.db.models import Model

VAULTED = ("safeguards", "recordkey")


class VaultRouter:
    """Sends `safeguards.RecordKey` to `vault`; without VAULT_DATABASE_URL everything is in `default`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return _home(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return _home(model._meta.app_label, model._meta.model_name)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return db == _home(app_label, model_name)


def _home(app_label: str, model_name: str | None) -> str:
    return "vault" if (app_label, model_name) == VAULTED and "vault" in settings.DATABASES else "default"
