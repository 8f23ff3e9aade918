"""The project as a Django app, for its commands, its templates' context and the roles of staff."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class CasetraConfig(AppConfig):
    name = "casetra"
    verbose_name = "Casetra"

    def ready(self) -> None:
        from casetra import checks, roles  # noqa: F401 - importing `checks` registers them

        auth = apps.get_app_config("auth")
        auth.verbose_name = "アカウントと役割"
        # Once a migrate: Django sends no such signal for an app without models, as this one is.
        post_migrate.connect(roles.make, sender=auth, dispatch_uid="casetra.roles")


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with our home and menu."""

    default = False  # CasetraConfig is this module's own
    default_site = "casetra.admin.site.Site"

    def ready(self) -> None:
        super().ready()
        # Not by casetra.admin itself: that package is imported to make the site with which admins register.
        from casetra.admin import audit  # noqa: F401 - importing registers it
