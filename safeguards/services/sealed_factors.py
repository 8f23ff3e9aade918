"""第6条 (暗号化): a second factor as it lies in the database, for `factors` and `recovery_codes` alone.

Secret and recovery codes share one envelope under a data key of its own: `rotate_keys` covers them, and who has
a dump without the keyring has neither. Whatever changes the content makes a new row and destroys the old key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from safeguards.models import FACTOR, Factor
from safeguards.services import audit, envelopes


class FactorUnreadable(Exception):
    """The factor's envelope does not open, or is another account's: only a reset helps."""


@dataclass(frozen=True)
class Content:
    """What is sealed. The account is in it, so that a row moved to another account opens nothing."""

    account: str
    secret: str
    recovery_codes: str  # separated by spaces

    @property
    def codes(self) -> Sequence[str]:
        return self.recovery_codes.split()


def confirmed(account: User) -> QuerySet[Factor]:
    """The account's factor, or nothing."""
    return Factor.objects.filter(account=account, confirmed_at__isnull=False)


def read(factor: Factor) -> Content:
    """What was sealed; FactorUnreadable says that nobody can sign in with it."""
    try:
        content = envelopes.open(factor.sealed, kind=FACTOR, record_id=factor.id, into=Content)
    except (envelopes.SealError, envelopes.UnknownKey):
        raise FactorUnreadable("the factor's envelope does not open") from None
    if content.account != str(factor.account_id):
        raise FactorUnreadable("the factor's envelope belongs to another account")
    return content


def create(
    account: User,
    *,
    secret: str,
    codes: Sequence[str],
    at: datetime,
    confirmed_at: datetime | None = None,
    last_step: int | None = None,
) -> Factor:
    """A new row with a new envelope, in the caller's transaction."""
    factor_id, content = uuid4(), Content(str(account.pk), secret, " ".join(codes))
    return Factor.objects.create(
        id=factor_id,
        account=account,
        sealed=envelopes.seal(content, kind=FACTOR, record_id=factor_id, at=at),
        created_at=at,
        confirmed_at=confirmed_at,
        last_step=last_step,
    )


def delete(factors: QuerySet[Factor]) -> int:
    """Delete the rows and, once that is committed, their keys; how many."""
    ids = list(factors.values_list("id", flat=True))
    Factor.objects.filter(id__in=ids).delete()
    transaction.on_commit(partial(envelopes.destroy, kind=FACTOR, record_ids=ids))
    return len(ids)


def note(event: audit.Event, account: User, *, by: User | None, at: datetime, more: str = "") -> None:
    """The audit entry about this account."""
    audit.record(event, actor=by, at=at, label=f"user {account.pk}{more}")
