"""第6条 (アクセス制御): what each role of staff may do — the whole of it, and nobody gets more by default."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from safeguards.services.staff import Role

_SEE = ("intake.view_consultation",)
_HANDLE = (*_SEE, "intake.open_envelope", "intake.triage", "retention.view_place", "retention.check_place")
ROLES: dict[Role, tuple[str, ...]] = {
    Role.RECEPTION: _HANDLE,
    Role.PRIVACY_OFFICER: (
        *_HANDLE,
        "intake.export_personal",
        "intake.open_technical",
        "intake.review_texts",
        "intake.erase_consultation",
        "retention.view_purgerun",
        "retention.view_legalhold",
        "retention.place_legalhold",
        "retention.keep_places",
        "retention.view_entrusteddata",
        "retention.record_entrusteddata",
        "safeguards.view_auditentry",
        "safeguards.view_staff",
        "safeguards.reset_factor",
    ),
    Role.VIEWER: _SEE,
}
DATABASE = "default"


def make(*, using: str, verbosity: int = 0, apps: Apps = installed, **kwargs: Any) -> None:
    """After every `migrate`: a group for each role, with just the permissions of the table. Idempotent.

    Django makes an app's permissions at that app's own signal, some of them later than this one: so they are
    made here first. One that even then does not exist is left out (nobody gets more), and a test is loud about it.
    """
    if (
        using != DATABASE or "auth" not in apps.app_configs
    ):  # with `migrate intake zero`, say, tables are missing
        return
    for label in {name.partition(".")[0] for names in ROLES.values() for name in names}:
        create_permissions(installed.get_app_config(label), verbosity=verbosity, using=using, apps=apps)
    with transaction.atomic(using=using):
        for role, names in ROLES.items():
            group, _ = Group.objects.using(using).get_or_create(name=role.value)
            group.permissions.set(_permissions(names, using=using))


def _permissions(names: tuple[str, ...], *, using: str) -> list[Permission]:
    everything = Permission.objects.using(using).select_related("content_type")
    by_name = {f"{each.content_type.app_label}.{each.codename}": each for each in everything}
    return [by_name[name] for name in names if name in by_name]
