"""第6条 (アクセス制御): recovery codes — shown until noted down, each good for one sign-in, renewed at will."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from safeguards.choices import Event
from safeguards.models import Factor
from safeguards.rules import recovery
from safeguards.services import sealed_factors
from safeguards.services.sealed_factors import confirmed, note


@transaction.atomic
def accepts(account: User, typed: str, *, at: datetime) -> bool:
    """Whether this is an unused recovery code of the account; then it is used now."""
    factor = confirmed(account).select_for_update().first()
    if factor is None:
        return False
    place = recovery.position(sealed_factors.read(factor).codes, typed)
    if place is None or place in factor.codes_used:
        return False
    factor.codes_used = [*factor.codes_used, place]
    factor.save(update_fields=["codes_used"])
    more = f", {recovery.COUNT - len(factor.codes_used)} left"
    note(Event.STAFF_RECOVERY_CODE_USED, account, by=account, at=at, more=more)
    return True


def left(account: User) -> int:
    """How many the account has not used."""
    used = confirmed(account).values_list("codes_used", flat=True).first()
    return 0 if used is None else recovery.COUNT - len(used)


def to_note(account: User) -> Sequence[str]:
    """The codes, written for people, while they are still to be noted down; none later."""
    factor = confirmed(account).filter(codes_noted_at=None).first()
    return [recovery.grouped(code) for code in sealed_factors.read(factor).codes] if factor else []


@transaction.atomic
def note_down(account: User, *, at: datetime) -> None:
    """The person has the codes: from now on nobody is shown them."""
    for factor in confirmed(account).filter(codes_noted_at=None).select_for_update():
        factor.codes_noted_at = at
        factor.save(update_fields=["codes_noted_at"])


@transaction.atomic
def renew(account: User, *, at: datetime) -> UUID | None:
    """New codes beside the same secret; the old ones are worth nothing. The factor's new id."""
    old = confirmed(account).select_for_update().first()
    if old is None:
        return None
    secret = sealed_factors.read(old).secret
    sealed_factors.delete(Factor.objects.filter(id=old.id))
    new = sealed_factors.create(
        account,
        secret=secret,
        codes=recovery.fresh(),
        at=at,
        confirmed_at=old.confirmed_at,
        last_step=old.last_step,
    )
    note(Event.STAFF_RECOVERY_CODES_MADE, account, by=account, at=at)
    return new.id
