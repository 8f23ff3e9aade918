"""2-1: which status may follow which, every pair of them."""

from itertools import product

import pytest

from intake.choices import Status
from intake.rules import progress
from intake.rules.progress import CLOSED, TransitionRefused

# The table in words, row by row as staff read it; what is not in it is refused.
ALLOWED = {
    "新規": "対応中 面談予定 面談済 見送り 連絡不能 取下げ",
    "対応中": "面談予定 面談済 成約 見送り 連絡不能 取下げ",
    "面談予定": "対応中 面談済 成約 見送り 連絡不能 取下げ",
    "面談済": "対応中 面談予定 成約 見送り 連絡不能 取下げ",
    "成約": "対応中",
    "見送り": "対応中",
    "連絡不能": "対応中",
    "取下げ": "対応中",
}
PAIRS = [*product(Status, Status)]


def test_the_statuses_are_those_of_the_desk_in_its_order() -> None:
    assert [str(status.label) for status in Status] == list(ALLOWED)


@pytest.mark.parametrize(("present", "to"), PAIRS, ids=[f"{a} to {b}" for a, b in PAIRS])
def test_a_status_is_followed_by_itself_and_by_those_in_the_table_and_by_no_other(
    present: Status, to: Status
) -> None:
    if to == present or str(to.label) in ALLOWED[str(present.label)].split():
        progress.check(present, to)
    else:
        with pytest.raises(TransitionRefused, match=f"^{present} is not followed by {to}$"):
            progress.check(present, to)


def test_four_statuses_close_a_consultation() -> None:
    assert [str(status.label) for status in CLOSED] == ["成約", "見送り", "連絡不能", "取下げ"]


def test_every_status_is_reached_from_a_new_one_and_none_is_a_dead_end() -> None:
    reached = {Status.NEW}
    while more := {to for status in reached for to in progress.NEXT[status]} - reached:
        reached |= more
    assert reached == set(Status)
    assert all(progress.NEXT[status] for status in Status)
