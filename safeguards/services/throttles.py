"""第6条 (アクセス制御): tries at signing in are limited, and nobody is locked out for good (docs/decisions/0007).

A refusal stops the refused sender's counters from growing, so that one address can use up but a part of what
an account takes from strangers. A browser in which the account has signed in before has a counter of its own:
whoever hammers the account from elsewhere does not touch it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core import signing

from safeguards.services import rates
from safeguards.services.sealed_factors import confirmed

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
BROWSER_DAYS = 180
_BROWSERS = signing.TimestampSigner(salt="safeguards.browser")


class Throttled(Exception):
    """Too many tries; `first` for the one that went over, which is worth an audit entry."""

    def __init__(self, hit: rates.Hit, *, limit: int) -> None:
        super().__init__("too many tries")
        self.resets_at = hit.resets_at
        self.first = hit.count == limit + 1


@dataclass(frozen=True)
class Counter:
    """What is counted, for whom, and how often it may be."""

    name: str
    subject: str
    limit: int
    window: timedelta


def password_try(username: str, *, account: User | None, address: str, browser: str, at: datetime) -> None:
    """Count one more password for this user name, known or not."""
    name = unicodedata.normalize("NFKC", username).casefold()
    if account is not None and knows(browser, account):
        return _count([Counter("password, known browser", browser, 10, QUARTER)], at=at)
    return _count(
        [
            Counter("password, address", address, 100, HOUR),
            Counter("password, account and address", f"{name}|{address}", 10, QUARTER),
            Counter("password, account", name, 100, HOUR),
        ],
        at=at,
    )


def code_try(account: User, *, browser: str, at: datetime) -> None:
    """Count one more code for somebody who gave this account's password."""
    if knows(browser, account):
        return _count([Counter("code, known browser", browser, 10, QUARTER)], at=at)
    return _count([Counter("code, account", str(account.pk), 5, QUARTER)], at=at)


def browser_mark(account: User, factor: UUID) -> str:
    """What a browser keeps after a sign-in: it opens nothing, and dies with the factor."""
    return _BROWSERS.sign(f"{account.pk}.{factor.hex}.{uuid4().hex}")


def knows(browser: str, account: User) -> bool:
    """Whether the browser's mark says that this account signed in there, with the factor that it has now."""
    try:
        owner, factor, _ = _BROWSERS.unsign(browser, max_age=timedelta(days=BROWSER_DAYS)).split(".")
    except (signing.BadSignature, ValueError):
        return False
    return owner == str(account.pk) and confirmed(account).filter(id=UUID(hex=factor)).exists()


def _count(counters: Sequence[Counter], *, at: datetime) -> None:
    for counter in counters:
        hit = rates.hit(counter.name, counter.subject, limit=counter.limit, at=at, window=counter.window)
        if not hit.allowed:
            raise Throttled(hit, limit=counter.limit)
