"""2-1: when each invented consultation begins, which course it takes and what becomes of its mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, auto
from math import sqrt
from random import Random

from casetra.demo.courses import BRIEF, BY_NAME, COURSES, Course
from casetra.demo.prospects import chance

SPAN = 3 * 365  # days
IN_FULL = 1_000  # consultations from this number on are brief
_GOLDEN = (sqrt(5) - 1) / 2  # its multiples fill a span evenly, however many there are
_ALL = 99


class Mail(Enum):
    """What becomes of the acknowledgement."""

    SENT = auto()
    UNSENT = auto()
    REFUSED = auto()
    BOUNCED = auto()
    CORRECTED = auto()


@dataclass(frozen=True)
class Plot:
    """The frame of a story. `done`: beats at most, else as many as there was time for; `exact`: none is late."""

    submitted_at: datetime
    course: Course
    mail: Mail
    done: int = _ALL
    exact: bool = False


@dataclass(frozen=True)
class Opening:
    """A story that must be there, whatever day it is: so many beats done, the next planned `due_in` days from today.

    Where all are done, the last was on that day; where there are none, the submission.
    """

    course: str
    done: int
    due_in: int
    mail: Mail = Mail.SENT


# What a list needs to show everything that it can: the first invented consultations, before chance takes over.
OPENINGS = (
    Opening("won", 0, due_in=1),
    Opening("declined", 0, due_in=1, mail=Mail.UNSENT),
    Opening("won", 1, due_in=0),
    Opening("visited", 1, due_in=-3),
    Opening("won", 2, due_in=2),
    Opening("declined", 3, due_in=0),
    Opening("won", 5, due_in=-4),
    Opening("declined", 4, due_in=-9),
    Opening("unreachable", 4, due_in=-6),
    Opening("withdrawn", 2, due_in=-5),
    Opening("untouched", 0, due_in=-9),
    Opening("unreachable", 0, due_in=0, mail=Mail.BOUNCED),
    Opening("won", 0, due_in=0, mail=Mail.REFUSED),
    Opening("won", 3, due_in=4, mail=Mail.CORRECTED),
    Opening("visited", 4, due_in=5),
    # 第9条: two that expire soon, and one that has expired.
    Opening("declined", 4, due_in=-690),
    Opening("won", 5, due_in=-715),
    Opening("declined at once", 2, due_in=-760),
)


def plot(seed: int, number: int, *, now: datetime) -> Plot:
    """The numbered consultation's plot; `now` is in the time zone that the dates are meant in."""
    dice = chance(seed, "plots", number)
    if number < len(OPENINGS):
        return _opened(OPENINGS[number], dice, now)
    fate = dice.choices(list(Mail), (92, 0, 2, 2, 4))[0]
    courses = COURSES if number < IN_FULL else BRIEF
    course = dice.choices(courses, [course.weight for course in courses])[0]
    return Plot(_begin(dice, number, now), course, fate)


def in_order(seed: int, count: int, *, now: datetime) -> Sequence[int]:
    """The numbers below `count` in the order in which the consultations are sent."""
    return sorted(range(count), key=lambda number: plot(seed, number, now=now).submitted_at)


def _opened(opening: Opening, dice: Random, now: datetime) -> Plot:
    course = BY_NAME[opening.course]
    anchor = min(opening.done, len(course.beats) - 1)
    sent_at = _moment(dice, now, days_ago=course.day_of(anchor) - opening.due_in)
    if opening.mail is Mail.UNSENT:  # the mail server is away just now
        sent_at = now - timedelta(minutes=25)
    return Plot(sent_at, course, opening.mail, opening.done, exact=True)


def _begin(dice: Random, number: int, now: datetime) -> datetime:
    # Squared: the company becomes known, and today's list is fuller than that of three years ago.
    share = (number * _GOLDEN) % 1
    return _moment(dice, now, days_ago=int(SPAN * share * share))


def _moment(dice: Random, now: datetime, *, days_ago: int) -> datetime:
    """Some time on that day, in office hours most of all; today a little while ago."""
    hour = dice.choices(range(7, 23), (1, 2, 5, 8, 8, 4, 6, 7, 7, 6, 5, 3, 2, 2, 2, 1))[0]
    of_day = time(hour, dice.randrange(60), dice.randrange(60))
    at = datetime.combine(now.date() - timedelta(days=days_ago), of_day, now.tzinfo)
    return min(at, now - timedelta(minutes=dice.randrange(30, 90)))
