"""第6条 (アクセス制御): the yearly review — which account may do what, and whether anybody uses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Permission, User

from safeguards.choices import Role
from safeguards.models import Factor
from safeguards.services.staff import full_name

UNUSED_DAYS = 90
# Django names these four in English whatever the language.
_VERBS = {"view": "閲覧", "add": "追加", "change": "変更", "delete": "削除"}


@dataclass(frozen=True)
class Row:
    """One account, for people who decide whether that is right."""

    account_id: int
    username: str
    name: str
    is_active: bool
    is_superuser: bool
    roles: Sequence[str]
    extra: Sequence[str]  # rights that no role gives
    has_factor: bool
    created_at: datetime
    last_signed_in_at: datetime | None
    is_unused: bool


def rows(*, at: datetime) -> list[Row]:
    """Every account, open ones first, by user name."""
    accounts = User.objects.order_by("-is_active", "username").prefetch_related(
        "groups", "user_permissions__content_type"
    )
    with_factor = set(Factor.objects.filter(confirmed_at__isnull=False).values_list("account_id", flat=True))
    return [_row(account, account.pk in with_factor, at=at) for account in accounts]


def row(account: User, *, at: datetime) -> Row:
    """One account."""
    has_factor = Factor.objects.filter(account=account, confirmed_at__isnull=False).exists()
    return _row(account, has_factor, at=at)


def _row(account: User, has_factor: bool, *, at: datetime) -> Row:
    groups = sorted(group.name for group in account.groups.all())
    since = account.last_login or account.date_joined
    return Row(
        account_id=account.pk,
        username=account.username,
        name=full_name(account),
        is_active=account.is_active,
        is_superuser=account.is_superuser,
        roles=[name for name in groups if name in Role.values],
        extra=[
            *(name for name in groups if name not in Role.values),
            *sorted(_words(permission) for permission in account.user_permissions.all()),
        ],
        has_factor=has_factor,
        created_at=account.date_joined,
        last_signed_in_at=account.last_login,
        is_unused=account.is_active and at - since > timedelta(days=UNUSED_DAYS),
    )


def _words(permission: Permission) -> str:
    verb = _VERBS.get(permission.codename.partition("_")[0])
    stock = verb is not None and permission.name.startswith("Can ")
    return f"{permission.content_type.name}の{verb}" if stock else permission.name
