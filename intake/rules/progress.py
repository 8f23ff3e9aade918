"""2-1: which status may follow which."""

from collections.abc import Mapping

from intake.choices import Status

CLOSED = (Status.WON, Status.DECLINED, Status.UNREACHABLE, Status.WITHDRAWN)

# 取下げ and 連絡不能 are no end: who writes again is taken up again. Back to 新規 nothing goes, since somebody has
# looked at it. Nothing is 成約 before it was taken up.
NEXT: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset(Status) - {Status.NEW, Status.WON},
    Status.IN_PROGRESS: frozenset(Status) - {Status.NEW, Status.IN_PROGRESS},
    Status.MEETING_SET: frozenset(Status) - {Status.NEW, Status.MEETING_SET},
    Status.MET: frozenset(Status) - {Status.NEW, Status.MET},
    **{closed: frozenset({Status.IN_PROGRESS}) for closed in CLOSED},
}


class TransitionRefused(Exception):
    """A status that may not follow the present one."""


def check(present: Status, to: Status) -> None:
    """TransitionRefused unless `to` is the present status or may follow it."""
    if to != present and to not in NEXT[present]:
        raise TransitionRefused(f"{present} is not followed by {to}")
