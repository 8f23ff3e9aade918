"""第9条 (second point): the register of customers' data — entered, changed, settled, and what the audit says of it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from retention.choices import DataKind, Settlement
from retention.models import EntrustedData
from retention.services import entrusted, versions
from retention.services.entrusted import AlreadySettled, DayRefused, NotEnded, NotSettled, Outdated
from safeguards.models import AuditEntry
from tests.intake.staff import member
from tests.retention.contracts import AT, END, TODAY, entry, fresh, registered, said, settled

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def by() -> User:
    return member()


def test_an_entry_is_stored_with_its_audit_entry_which_holds_no_word_of_it(by: User) -> None:
    data = registered(by, kinds=[DataKind.FILES, DataKind.PEOPLE])
    assert (data.customer, data.ended_on, data.kinds) == ("株式会社見本製作所", END, ["people", "files"])
    assert (data.recorded_at, data.version, data.settled_on) == (AT, 1, None)
    assert said(data.id) == [("entrusted.recorded", "", by.pk)]


def test_a_change_writes_what_differs_and_names_the_fields(by: User) -> None:
    data = registered(by)
    changed = entrusted.change(data.id, entry(ended_on=END + DAY, kept_in="倉庫"), seen=1, by=by, at=AT)
    assert changed == ["ended_on", "kept_in"]
    assert (fresh(data.id).ended_on, fresh(data.id).kept_in, fresh(data.id).version) == (END + DAY, "倉庫", 2)
    assert said(data.id)[1:] == [("entrusted.changed", "ended_on, kept_in", by.pk)]


def test_the_same_again_changes_nothing_and_leaves_no_entry(by: User) -> None:
    data = registered(by)
    kinds = [DataKind.FILES, DataKind.PEOPLE]
    assert entrusted.change(data.id, entry(kinds=kinds), seen=1, by=by, at=AT) == []
    assert (fresh(data.id).version, len(said(data.id))) == (1, 1)


def test_a_settlement_is_stored_with_evidence_who_and_when(by: User) -> None:
    data = registered(by)
    entrusted.settle(data.id, settled(), seen=1, by=by, at=AT)
    data = fresh(data.id)
    assert (data.settlement, data.settled_on, data.evidence) == (
        "deleted",
        date(2027, 2, 20),
        "削除証明書 第12号",
    )
    assert (data.settled_by, data.backup_until, data.version) == (by, date(2027, 3, 31), 2)
    assert said(data.id)[1:] == [("entrusted.settled", "deleted", by.pk)]


@pytest.mark.parametrize(
    ("on", "may"), [(END - DAY, False), (END, True), (TODAY, True), (TODAY + DAY, False)]
)
def test_nothing_is_settled_before_the_contracts_end_or_in_the_future(by: User, on: date, may: bool) -> None:
    data = registered(by)
    given = settled(on=on, backup_until=None)
    if may:
        entrusted.settle(data.id, given, seen=1, by=by, at=AT)
        assert fresh(data.id).settled_on == on
    else:
        refused(DayRefused, data, lambda: entrusted.settle(data.id, given, seen=1, by=by, at=AT))


def test_backups_are_not_gone_before_the_data_were(by: User) -> None:
    data = registered(by)
    early = settled(backup_until=date(2027, 2, 19))
    refused(DayRefused, data, lambda: entrusted.settle(data.id, early, seen=1, by=by, at=AT))
    gone = entry(backup_until=END - DAY)
    refused(DayRefused, data, lambda: entrusted.change(data.id, gone, seen=1, by=by, at=AT))
    with pytest.raises(DayRefused):
        entrusted.record(entry(ended_on=None, backup_until=TODAY), by=by, at=AT)


def test_a_contract_that_goes_on_has_nothing_to_settle(by: User) -> None:
    data = registered(by, ended_on=None)
    refused(NotEnded, data, lambda: entrusted.settle(data.id, settled(), seen=1, by=by, at=AT))


def test_what_is_settled_is_not_settled_again_and_keeps_its_end(by: User) -> None:
    data = registered(by)
    entrusted.settle(data.id, settled(), seen=1, by=by, at=AT)
    data = fresh(data.id)
    refused(AlreadySettled, data, lambda: entrusted.settle(data.id, settled(), seen=2, by=by, at=AT))
    for kind, end in ((NotEnded, None), (DayRefused, TODAY)):
        verb = partial(entrusted.change, data.id, entry(ended_on=end), seen=2, by=by, at=AT)
        refused(kind, data, verb)


def test_a_mistaken_settlement_is_taken_back_and_the_data_are_due_again(by: User) -> None:
    data = registered(by)
    entrusted.settle(data.id, settled(), seen=1, by=by, at=AT)
    entrusted.reopen(data.id, seen=2, by=by, at=AT)
    data = fresh(data.id)
    assert (data.settlement, data.settled_on, data.settled_by, data.evidence) == ("", None, None, "")
    assert said(data.id)[2:] == [("entrusted.changed", "reopened", by.pk)]
    refused(NotSettled, data, lambda: entrusted.reopen(data.id, seen=3, by=by, at=AT))


@pytest.mark.parametrize(
    "verb",
    [
        lambda data, by: entrusted.change(data.id, entry(kept_in="倉庫"), seen=1, by=by, at=AT),
        lambda data, by: entrusted.settle(data.id, settled(), seen=1, by=by, at=AT),
        lambda data, by: entrusted.reopen(data.id, seen=1, by=by, at=AT),
    ],
    ids=["change", "settle", "reopen"],
)
def test_who_saves_a_page_that_a_colleague_has_changed_since_is_told_what_happened(
    by: User, verb: Callable[[EntrustedData, User], Any]
) -> None:
    colleague, data = member(), registered(by)
    entrusted.change(data.id, entry(contract="K-2"), seen=1, by=colleague, at=AT)
    refused(Outdated, data, lambda: verb(data, by))
    (change,) = versions.since(fresh(data.id), seen=1)
    assert (change.at, change.by, change.event) == (AT, colleague, "entrusted.changed")


def test_the_database_refuses_what_the_service_does(by: User) -> None:
    data = registered(by)
    whole: dict[str, Any] = {
        "settlement": "deleted",
        "settled_on": TODAY,
        "settled_by": by,
        "evidence": "証明書",
    }
    broken: tuple[dict[str, Any], ...] = (
        {"kinds": ["invented"]},
        {"kinds": []},
        {"backup_until": END - DAY},
        {**whole, "evidence": ""},
        {**whole, "settlement": "invented"},
        {**whole, "settled_on": END - DAY},
        {**whole, "backup_until": TODAY - DAY},
    )
    for columns in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            EntrustedData.objects.filter(id=data.id).update(**columns)
    EntrustedData.objects.filter(id=data.id).update(**whole, backup_until=TODAY)
    assert fresh(data.id).settlement == Settlement.DELETED


def refused(kind: type[Exception], data: EntrustedData, verb: Callable[[], Any]) -> None:
    """The verb raises it, and neither row nor audit is changed."""
    row, entries = EntrustedData.objects.filter(id=data.id).values(), AuditEntry.objects.count()
    before = row.get()
    with pytest.raises(kind):
        verb()
    assert (row.get(), AuditEntry.objects.count()) == (before, entries)
