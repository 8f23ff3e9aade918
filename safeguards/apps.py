"""第6条 as a Django app."""

from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    name = "safeguards"
    verbose_name = "安全管理措置"

    def ready(self) -> None:
        from safeguards import checks  # noqa: F401 - importing registers them
