"""2-1 as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = "無料相談"

    def ready(self) -> None:
        from intake import checks  # noqa: F401 - importing registers them
