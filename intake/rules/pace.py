"""2-1: a form that is filled faster than anybody can read it was filled by a program."""

from datetime import datetime, timedelta


def is_too_fast(*, opened_at: datetime, sent_at: datetime, minimum: int) -> bool:
    """Whether less than `minimum` seconds lie between the first page and 「送信する」; 0 asks for none.

    `opened_at` is a full second, rounded down, which is to the person's favour. One in the future comes from
    two servers' clocks, since it is signed, and shuts nobody out.
    """
    return timedelta(0) <= sent_at - opened_at < timedelta(seconds=minimum)
