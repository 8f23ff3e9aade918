"""第6条 (アクセス制御): signing in — password, then second factor; every success and failure is an audit entry."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db import transaction

from safeguards.choices import Event
from safeguards.services import audit, factors, recovery_codes, throttles
from safeguards.services.factors import FactorUnreadable
from safeguards.services.throttles import Throttled

__all__ = ["FactorUnreadable", "Sender", "Throttled"]


@dataclass(frozen=True)
class Sender:
    """Where a try comes from: the address, as `addresses.sender` gives it, and the browser's mark ("" for none)."""

    address: str
    browser: str


def password(username: str, typed: str, *, sender: Sender, at: datetime) -> User | None:
    """The account with this name and password, or None: nobody learns whether the name was right.

    Throttled before the password is looked at. An unknown name costs the same hashing as a known one.
    """
    named = User.objects.filter(username=username).first()
    try:
        throttles.password_try(username, account=named, address=sender.address, browser=sender.browser, at=at)
    except Throttled as refused:
        if refused.first:
            _failed(named, "throttled", at=at)
        raise
    account = authenticate(username=username, password=typed)
    if isinstance(account, User) and account.is_staff:
        return account
    _failed(named, "password", at=at)
    return None


def code(account: User, typed: str, *, sender: Sender, at: datetime) -> bool:
    """Whether the app's code is right; then the account is signed in."""
    _count(account, sender=sender, at=at)
    with transaction.atomic():
        right = factors.accepts(account, typed, at=at)
        _second_step(account, right, "code", at=at)
    return right


def recovery_code(account: User, typed: str, *, sender: Sender, at: datetime) -> bool:
    """Whether this is an unused recovery code; then the account is signed in."""
    _count(account, sender=sender, at=at)
    with transaction.atomic():
        right = recovery_codes.accepts(account, typed, at=at)
        _second_step(account, right, "recovery code", at=at)
    return right


def proves(account: User, typed: str, *, sender: Sender, at: datetime) -> bool:
    """Whether somebody signed in gives a code, of the app or a recovery one, before changing either."""
    _count(account, sender=sender, at=at)
    return factors.accepts(account, typed, at=at) or recovery_codes.accepts(account, typed, at=at)


def knows_password(account: User, typed: str, *, sender: Sender, at: datetime) -> bool:
    """Whether somebody signed in gives the account's password, before changing it."""
    _count(account, sender=sender, at=at)
    return account.check_password(typed)


def note(account: User, *, at: datetime) -> None:
    """The account is signed in without a code: it has just set its app up (or is the demo account)."""
    audit.record(Event.STAFF_SIGNED_IN, actor=account, at=at, label=f"user {account.pk}")


def _count(account: User, *, sender: Sender, at: datetime) -> None:
    try:
        throttles.code_try(account, browser=sender.browser, at=at)
    except Throttled as refused:
        if refused.first:
            _failed(account, "throttled", at=at)
        raise


def _second_step(account: User, right: bool, what: str, *, at: datetime) -> None:
    if right:
        note(account, at=at)
    else:
        _failed(account, what, at=at)


def _failed(account: User | None, why: str, *, at: datetime) -> None:
    # The actor is nobody: whoever it was has not shown to be the account's person.
    label = f"user {account.pk}, {why}" if account else why
    audit.record(Event.STAFF_SIGN_IN_FAILED, actor=None, at=at, label=label)
