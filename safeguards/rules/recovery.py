"""第6条 (アクセス制御): recovery codes, for the day on which the authenticator app is not at hand."""

import hmac
import secrets
from collections.abc import Sequence

from safeguards.rules.totp import normalise

COUNT, LENGTH = 10, 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o, 1 l i: read out and written down without doubt


def fresh() -> tuple[str, ...]:
    """New codes of about 49 bits each: with the limit on tries, nobody guesses one."""
    return tuple("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT))


def grouped(code: str) -> str:
    """The code in two halves, for people."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def position(codes: Sequence[str], typed: str) -> int | None:
    """Which of the codes was typed; every one is compared, so that the time says nothing."""
    plain, found = normalise(typed).encode(), None
    for place, code in enumerate(codes):
        if hmac.compare_digest(code.encode(), plain):
            found = place
    return found
