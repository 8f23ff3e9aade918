"""第6条 (アクセス制御): staff accounts — made with a role, given a new link, and closed when somebody leaves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from safeguards.choices import Event, Role
from safeguards.models import AuditEntry
from safeguards.services import factors, sessions
from safeguards.services.sealed_factors import note

__all__ = ["DailySuperuser", "Role", "StaffRefused"]

_ACCOUNT = re.compile(r"\buser (\d+)\b")  # as an audit label names one

DAILY_DAYS, DAILY_WITHIN = 3, 7  # a superuser is for set-up: three days in a week are work


class StaffRefused(Exception):
    """The account cannot be made or changed so; the message is for whoever runs the command."""


@dataclass(frozen=True)
class DailySuperuser:
    """A superuser account that does daily work, and on how many of the last days."""

    username: str
    days: int


def full_name(account: User) -> str:
    """The name as it is said in Japan, family name first; "" where none was given."""
    return f"{account.last_name} {account.first_name}".strip()


def with_names(label: str, names: Callable[[], Mapping[int, str]]) -> str:
    """An audit label with accounts by name; `names`, by id, is asked only where the label has an account."""
    return _ACCOUNT.sub(lambda found: names().get(int(found[1]), found[0]), label)


@transaction.atomic
def create(*, username: str, role: Role, name: str, email: str, at: datetime) -> User:
    """An account with this role and no password: only its set-up link lets anybody in."""
    account = User(username=username, last_name=name, email=email, is_staff=True, date_joined=at)
    account.set_unusable_password()
    try:
        account.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise StaffRefused(f"not possible as an account: {', '.join(sorted(error.message_dict))}") from None
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise StaffRefused(f"the user name {username} is taken") from None
    account.groups.add(Group.objects.get(name=role.value))
    note(Event.STAFF_CREATED, account, by=None, at=at, more=f", {role.name.lower()}")
    return account


def named(username: str) -> User:
    """The account with this user name; StaffRefused when there is none."""
    account = User.objects.filter(username=username).first()
    if account is None:
        raise StaffRefused(f"there is no account {username}")
    return account


@transaction.atomic
def forget_password(account: User, *, at: datetime) -> User:
    """Take the password away, so that a new link is the only way in; links made before are dead."""
    account = User.objects.select_for_update().get(pk=account.pk)
    if not (account.is_active and account.is_staff):
        raise StaffRefused(f"the account {account.username} is closed")
    account.set_unusable_password()
    account.save(update_fields=["password"])
    sessions.end(account)
    note(Event.STAFF_PASSWORD_SET, account, by=None, at=at, more=", taken away")
    return account


@transaction.atomic
def leave(account: User, *, handed_on: int, at: datetime) -> None:
    """Close the account for good: no rights, no password, no factor, no session. Its audit entries stay."""
    account = User.objects.select_for_update().get(pk=account.pk)
    account.is_active = account.is_staff = account.is_superuser = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])
    account.groups.clear()
    account.user_permissions.clear()
    if factors.remove(account):
        note(Event.STAFF_FACTOR_REMOVED, account, by=None, at=at)
    sessions.end(account)
    note(Event.STAFF_LEFT, account, by=None, at=at, more=f", {handed_on} handed on")


def note_rights_changed(account: User, *, by: User, at: datetime) -> None:
    """A superuser has changed what the account may do; the entry says what it may now, in numbers."""
    more = (
        f", groups {account.groups.count()}, extra {account.user_permissions.count()}"
        f", superuser {int(account.is_superuser)}, active {int(account.is_active)}"
    )
    note(Event.STAFF_ROLE_CHANGED, account, by=by, at=at, more=more)


def superusers_in_daily_use(*, at: datetime) -> list[DailySuperuser]:
    """The superuser accounts that signed in on DAILY_DAYS or more of the last DAILY_WITHIN days, today included."""
    today = timezone.localdate(at)
    entries = AuditEntry.objects.filter(
        event=Event.STAFF_SIGNED_IN,
        actor__is_superuser=True,
        at__date__gt=today - timedelta(days=DAILY_WITHIN),
        at__lte=at,
    )
    days: dict[str, set[object]] = {}
    for username, day in entries.values_list("actor__username", "at__date").distinct().order_by():
        days.setdefault(username, set()).add(day)
    found = [DailySuperuser(username, len(seen)) for username, seen in sorted(days.items())]
    return [each for each in found if each.days >= DAILY_DAYS]
