"""第9条 (second point): by when customers' data are returned or deleted, and which days can be noted."""

from datetime import date, timedelta

import pytest

from retention import rules
from retention.rules import DayRefused

END = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ended_on", "days", "due"),
    [
        ("2026-11-30", 90, "2027-02-28"),  # as the law's table has it
        ("2027-12-01", 90, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-11-30", 0, "2026-11-30"),
    ],
)
def test_the_last_day_is_so_many_days_after_the_contracts_end(ended_on: str, days: int, due: str) -> None:
    assert rules.due_by(date.fromisoformat(ended_on), days) == date.fromisoformat(due)


def test_a_settlement_lies_between_the_contracts_end_and_today() -> None:
    today = END + 10 * DAY
    for on in (END, END + DAY, today):
        rules.check_settled(on, ended_on=END, today=today)
    for on in (END - DAY, today + DAY):
        with pytest.raises(DayRefused):
            rules.check_settled(on, ended_on=END, today=today)


def test_a_backup_holds_the_data_at_least_to_the_last_day_on_which_they_were_there() -> None:
    settled = END + 10 * DAY
    rules.check_backup(END, ended_on=END, settled_on=None)
    rules.check_backup(settled, ended_on=END, settled_on=settled)
    for until, settled_on in ((END - DAY, None), (settled - DAY, settled)):
        with pytest.raises(DayRefused):
            rules.check_backup(until, ended_on=END, settled_on=settled_on)


def test_while_the_contract_goes_on_no_backup_has_a_last_day() -> None:
    with pytest.raises(DayRefused):
        rules.check_backup(END, ended_on=None, settled_on=None)
