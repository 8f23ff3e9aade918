"""第6条 (アクセス制御): when a session of staff ends by itself."""

from datetime import datetime, timedelta
from enum import Enum


class Standing(Enum):
    """What a session is good for."""

    GOOD = "good"
    NO_FACTOR = "no factor"  # the second factor was not shown, or has been replaced or reset since
    CODES_DUE = "codes due"  # the recovery codes are still to be noted down
    TOO_LONG = "too long"
    IDLE = "idle"


def standing(
    *, signed_in_at: datetime, seen_at: datetime, at: datetime, longest: timedelta, idle: timedelta
) -> Standing:
    """Whether the session is over at `at`: `longest` after signing in, `idle` (0: never) after the last page."""
    if at - signed_in_at >= longest:
        return Standing.TOO_LONG
    if idle and at - seen_at >= idle:
        return Standing.IDLE
    return Standing.GOOD
