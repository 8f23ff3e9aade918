"""第6条 (アクセス制御): the second factor — set up, confirmed, asked for, reset."""

import os
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from safeguards.choices import Event
from safeguards.models import Factor
from safeguards.rules import recovery, totp
from safeguards.services import sealed_factors, sessions
from safeguards.services.sealed_factors import FactorUnreadable, confirmed, note

__all__ = ["Enrolment", "FactorUnreadable", "ResetRefused"]


class ResetRefused(Exception):
    """Nobody resets their own factor (that would be signing in without it), nor an officer a superuser's."""


@dataclass(frozen=True)
class Enrolment:
    """What a person needs to set the app up: for scanning and for typing."""

    uri: str
    secret: str


def confirmed_id(account: User) -> UUID | None:
    """The id of the account's factor; None where it has none yet."""
    return confirmed(account).values_list("id", flat=True).first()


@transaction.atomic
def begin(account: User, *, at: datetime) -> UUID:
    """A fresh secret for the account; one that was shown before and never confirmed is forgotten.

    Never an old one: somebody else may have looked at it.
    """
    account = User.objects.select_for_update().get(pk=account.pk)
    sealed_factors.delete(Factor.objects.filter(account=account, confirmed_at=None))
    secret = totp.secret(os.urandom(totp.SECRET_BYTES))
    return sealed_factors.create(account, secret=secret, codes=recovery.fresh(), at=at).id


def enrolment(account: User, factor_id: UUID) -> Enrolment | None:
    """What to show while the factor is being set up; None when it no longer is."""
    factor = Factor.objects.filter(id=factor_id, account=account, confirmed_at=None).first()
    if factor is None:
        return None
    secret = sealed_factors.read(factor).secret
    return Enrolment(totp.uri(secret, account=account.get_username()), totp.grouped(secret))


@transaction.atomic
def confirm(account: User, factor_id: UUID, typed: str, *, at: datetime) -> bool:
    """Whether the app's first code is right; then the factor is the account's, in place of an older one."""
    waiting = Factor.objects.select_for_update().filter(id=factor_id, account=account, confirmed_at=None)
    factor = waiting.first()
    if factor is None:
        return False
    step = totp.accepted_step(sealed_factors.read(factor).secret, typed, at=at, after=None)
    if step is None:
        return False
    if sealed_factors.delete(confirmed(account)):
        note(Event.STAFF_FACTOR_REMOVED, account, by=account, at=at)
    factor.confirmed_at, factor.last_step = at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    note(Event.STAFF_FACTOR_ADDED, account, by=account, at=at)
    note(Event.STAFF_RECOVERY_CODES_MADE, account, by=account, at=at)
    return True


@transaction.atomic
def accepts(account: User, typed: str, *, at: datetime) -> bool:
    """Whether this is a code of the account's app, later than the last one; then it is used up, in every process."""
    factor = confirmed(account).select_for_update().first()
    if factor is None:
        return False
    step = totp.accepted_step(sealed_factors.read(factor).secret, typed, at=at, after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def may_reset(account: User, *, by: User) -> bool:
    """Whether `by` may take this account's factor away."""
    if account.pk == by.pk or (account.is_superuser and not by.is_superuser):
        return False
    return by.has_perm("safeguards.reset_factor")


@transaction.atomic
def reset(account: User, *, by: User | None, at: datetime) -> bool:
    """Take a lost factor away and end the account's sessions; False where there was none.

    The next sign-in asks for the password and sets a new factor up. `by` is None for whoever may run commands.
    """
    if by is not None and not may_reset(account, by=by):
        raise ResetRefused("this account's factor is reset by somebody else")
    had_one = confirmed(account).exists()
    remove(account)
    sessions.end(account)
    if had_one:
        note(Event.STAFF_FACTOR_RESET, account, by=by, at=at)
    return had_one


def remove(account: User) -> int:
    """Delete every factor of the account, one in the making too; the caller leaves the audit entry."""
    User.objects.select_for_update().get(pk=account.pk)
    return sealed_factors.delete(Factor.objects.filter(account=account))
