"""第6条 (アクセス制御): a password is set by its owner alone — with a link that works once, or knowing the old one."""

from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from safeguards.choices import Event
from safeguards.services import sessions
from safeguards.services.sealed_factors import note


def link_token(account: User) -> str:
    """What a set-up link carries. It is worth nothing once a password is set, or after PASSWORD_RESET_TIMEOUT."""
    return default_token_generator.make_token(account)


def account_of(account_id: int, token: str) -> User | None:
    """Whose link this is; None for one that was used, has run out, or never was one."""
    account = User.objects.filter(pk=account_id, is_active=True, is_staff=True).first()
    return account if account and default_token_generator.check_token(account, token) else None


@transaction.atomic
def set_by_link(account_id: int, token: str, password: str, *, at: datetime) -> User | None:
    """Set the password that the link was made for; None when the link was used in the meantime."""
    list(User.objects.select_for_update().filter(pk=account_id))
    account = account_of(account_id, token)
    if account is not None:
        _set(account, password, at=at)
        sessions.end(account)
    return account


@transaction.atomic
def change(account: User, password: str, *, session_key: str | None, at: datetime) -> None:
    """Set a new password and end the account's other sessions; the form has asked for the old one."""
    _set(account, password, at=at)
    sessions.end(account, but=session_key)


def _set(account: User, password: str, *, at: datetime) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    note(Event.STAFF_PASSWORD_SET, account, by=account, at=at)
