"""The project as a Django app, for its commands, its templates' context and the roles of staff."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CasetraConfig(AppConfig):
    name = "casetra"
    verbose_name = "Casetra"

    def ready(self) -> None:
        from casetra import checks, roles  # noqa: F401 - importing `checks` registers them

        # Once a migrate: Django sends no such signal for an app without models, as this one is.
        auth = apps.get_app_config("auth")
        post_migrate.connect(roles.make, sender=auth, dispatch_uid="casetra.roles")
