"""第9条 (second point): which customers' data are late, soon due, going on or done, by the edition in force."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from policy.services import NoEdition
from retention.choices import Standing
from retention.models import EntrustedData
from retention.services import due_data, entrusted
from retention.services.entrusted import Reminder
from tests.intake.staff import member
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.contracts import AT, END, TODAY, fresh, registered, settled

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE = date(2027, 2, 28)


@pytest.fixture
def by() -> User:
    return member()


def standings(data: EntrustedData, as_of: date) -> list[Standing]:
    """Every standing that selects it; and the one that it is said to have."""
    found = [
        each
        for each in Standing
        if EntrustedData.objects.filter(due_data.having(each, as_of=as_of), id=data.id).exists()
    ]
    assert found == [due_data.standing(data, as_of=as_of)]
    return found


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [
        (END - DAY, Standing.RUNNING),
        (END, Standing.RUNNING),  # to the end of its last day
        (END + DAY, Standing.ENDED),
        (DUE - 31 * DAY, Standing.ENDED),
        (DUE - 30 * DAY, Standing.SOON),
        (DUE, Standing.SOON),  # the last day is in time
        (DUE + DAY, Standing.OVERDUE),
        (DUE + 1000 * DAY, Standing.OVERDUE),
    ],
)
def test_every_day_has_one_standing_and_the_list_selects_by_the_same(
    by: User, as_of: date, standing: Standing
) -> None:
    data = registered(by)
    assert due_data.due_by(data, as_of=as_of) == DUE
    assert standings(data, as_of) == [standing]


def test_a_contract_without_an_end_goes_on_and_is_due_on_no_day(by: User) -> None:
    data = registered(by, ended_on=None)
    assert standings(data, date(2099, 1, 1)) == [Standing.RUNNING]
    assert due_data.due_by(data, as_of=TODAY) is None


def test_what_is_settled_is_never_late_again(by: User) -> None:
    data = registered(by)
    entrusted.settle(data.id, settled(), seen=1, by=by, at=AT)
    assert standings(fresh(data.id), date(2099, 1, 1)) == [Standing.SETTLED]


@pytest.mark.parametrize("days", [1, 10, 30, 90])
def test_no_day_has_two_standings_whatever_the_edition_allows(
    by: User, editions: Editions, days: int
) -> None:
    editions.change("facts.toml", ("days = 90", f"days = {days}"))
    data = registered(by)
    for ahead in range(-35, 130):
        assert len(standings(data, END + ahead * DAY)) == 1


def test_the_days_are_those_of_the_edition_in_force_on_the_day(by: User, editions: Editions) -> None:
    editions.add("2027-01-15", ("days = 90", "days = 60"), file="facts.toml")
    data = registered(by)
    assert due_data.due_by(data, as_of=date(2027, 1, 14)) == DUE
    assert due_data.due_by(data, as_of=date(2027, 1, 15)) == date(2027, 1, 29)
    assert [*entrusted.overdue(date(2027, 1, 29))] == []
    assert [*entrusted.overdue(date(2027, 1, 30))] == [data]


def test_before_the_first_edition_nothing_is_known_of_days(by: User) -> None:
    with pytest.raises(NoEdition):
        entrusted.reminders(date(2026, 1, 1))


def test_reminders_name_the_late_and_the_soon_due_the_longest_overdue_first(by: User) -> None:
    registered(by, customer="間近商事", ended_on=END + 30 * DAY)
    registered(by, customer="超過商事", ended_on=END - DAY)
    registered(by, customer="余裕商事", ended_on=END + 31 * DAY)
    registered(by, customer="継続商事", ended_on=None)
    done = registered(by, customer="完了商事", ended_on=END - DAY)
    entrusted.settle(done.id, settled(), seen=1, by=by, at=AT)
    expected = [Reminder("超過商事", DUE - DAY), Reminder("間近商事", DUE + 30 * DAY)]
    assert entrusted.reminders(TODAY) == expected
    assert [(name, day) for name, day in entrusted.reminders(TODAY)] == [tuple(each) for each in expected]


def test_due_soon_looks_as_far_ahead_as_it_is_asked(by: User) -> None:
    data = registered(by)
    assert [*entrusted.due_soon(DUE - 8 * DAY, 7)] == []
    assert [*entrusted.due_soon(DUE - 7 * DAY, 7)] == [data]
    assert [*entrusted.due_soon(DUE + DAY, 7)] == []
