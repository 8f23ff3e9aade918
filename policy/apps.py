"""第3条・第10条: the editions of the privacy policy and what they promise."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "policy"
    verbose_name = "プライバシーポリシー"

    def ready(self) -> None:
        from policy import checks  # noqa: F401  registers the system checks
