"""第6条 (アクセス制御): what a session of staff carries, when it ends, and how all of an account's are ended."""

from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from safeguards.rules import sessions as rules
from safeguards.rules.sessions import Standing
from safeguards.services.sealed_factors import confirmed

__all__ = ["Standing"]

SIGNED_IN, SEEN, FACTOR = (
    "signed_in_at",
    "seen_at",
    "factor",
)  # seconds, seconds, id or "" for the demo account
SEEN_EVERY = timedelta(minutes=1)  # a session is not written for every page

State = MutableMapping[str, Any]  # Any: a session takes what JSON takes


def needs_factor(account: User) -> bool:
    """Every account does; only development's settings name one that does not."""
    return account.get_username() not in settings.STAFF_WITHOUT_SECOND_FACTOR


def start(state: State, *, factor: UUID | None, at: datetime) -> None:
    """Mark the session of somebody who has just shown the factor."""
    state[SIGNED_IN] = state[SEEN] = int(at.timestamp())
    state[FACTOR] = factor.hex if factor else ""


def exchange_factor(state: State, *, factor: UUID) -> None:
    """The account's factor got another id in this very session."""
    state[FACTOR] = factor.hex


def standing(state: State, account: User, *, at: datetime) -> Standing:
    """What the session of this account is good for at `at`."""
    if SIGNED_IN not in state:
        return Standing.NO_FACTOR
    age = rules.standing(
        signed_in_at=_moment(state[SIGNED_IN]),
        seen_at=_moment(state[SEEN]),
        at=at,
        longest=timedelta(seconds=settings.SESSION_COOKIE_AGE),
        idle=timedelta(minutes=settings.STAFF_IDLE_MINUTES),
    )
    return age if age is not Standing.GOOD else _factor_standing(state, account)


def _factor_standing(state: State, account: User) -> Standing:
    if not needs_factor(account):
        return Standing.GOOD
    shown = state[FACTOR]
    factor = confirmed(account).filter(id=UUID(hex=shown)).defer("sealed").first() if shown else None
    if factor is None:
        return Standing.NO_FACTOR
    return Standing.GOOD if factor.codes_noted_at else Standing.CODES_DUE


def saw(state: State, *, at: datetime) -> None:
    """The person asked for a page."""
    if at - _moment(state[SEEN]) >= SEEN_EVERY:
        state[SEEN] = int(at.timestamp())


def end(account: User, *, but: str | None = None) -> int:
    """Delete the account's sessions (but the one with this key); how many. Only staff have sessions here."""
    keys = [
        session.session_key
        for session in Session.objects.exclude(session_key=but).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(account.pk)
    ]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
