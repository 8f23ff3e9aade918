"""3-5: which counts of a table may be shown, so that statistics tell of nobody in particular."""

from collections.abc import Sequence

SMALLEST = 5  # what is shown; below it a count could be of people whom somebody knows


def parts(counts: Sequence[int]) -> list[int | None]:
    """Counts that add up to a total that is known too; None is hidden, and cannot be computed from the others.

    Small counts are hidden. The total tells their sum, and with it each of them if there is one alone, if the sum
    is 0, or if it is as great as small counts can make it. Then the next greater count is hidden with them, with
    all of its equals: which of two equals is hidden would tell something. Since a reader cannot know whether a
    hidden count is a small one, any two different hidden counts could be the other way round.
    """
    hidden = [count for count in counts if count < SMALLEST]
    greater = sorted(set(counts) - set(hidden), reverse=True)
    while hidden and greater and _tells(len(hidden), sum(hidden)):
        following = greater.pop()
        hidden += [count for count in counts if count == following]
    return [None if count in hidden else count for count in counts]


def choices(counts: Sequence[int]) -> list[int | None]:
    """Counts that add up to nothing, since one person makes several of them; None is hidden."""
    return [None if count < SMALLEST else count for count in counts]


def total(count: int) -> int | None:
    """How many there are in all, or None: then there is nothing to show in parts either."""
    return None if count < SMALLEST else count


def _tells(hidden: int, together: int) -> bool:
    return hidden == 1 or together in {0, hidden * (SMALLEST - 1)}
