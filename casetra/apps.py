"""The project as a Django app, for its commands and its templates' context."""

from django.apps import AppConfig


class CasetraConfig(AppConfig):
    name = "casetra"
    verbose_name = "Casetra"

    def ready(self) -> None:
        from casetra import checks  # noqa: F401 - importing registers them
