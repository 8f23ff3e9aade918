"""The project as a Django app, for its commands and its templates' context."""

from django.apps import AppConfig


class CasetraConfig(AppConfig):
    name = "casetra"
    verbose_name = "Casetra"
