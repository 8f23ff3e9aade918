"""第6条: counting without knowing whom — the window that counts, and the keyed HMAC that stands for the sender."""

import hashlib
import hmac
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
WINDOW, DAY = timedelta(hours=1), timedelta(days=1)


def window_start(at: datetime, *, window: timedelta = WINDOW) -> datetime:
    """The beginning of the full window that `at` lies in; none reaches over midnight in Tokyo."""
    if DAY % window:
        raise ValueError("a window must be a whole part of a day, since the salt changes at midnight")
    midnight = at.astimezone(TOKYO).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // window * window


def salt(root: bytes, *, on: date) -> bytes:
    """The day's salt. Derived, so that every process has the same one and none is stored."""
    return hmac.digest(root, f"casetra rate salt v1|{on.isoformat()}".encode(), hashlib.sha256)


def key(name: str, subject: str, *, salt: bytes) -> bytes:
    """What stands for the subject under this salt; the name keeps counters of two things apart."""
    return hmac.digest(salt, f"casetra rate v1|{name}|{subject}".encode(), hashlib.sha256)
