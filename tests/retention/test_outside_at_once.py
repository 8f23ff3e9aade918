"""第9条: two at once on one register, and the purge beside the checklist, in real transactions."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections, transaction

from intake.models import Consultation
from intake.services import erase
from retention.services import checking, entrusted, places
from retention.services.versions import Outdated
from safeguards.models import AuditEntry
from safeguards.services.erasures import ErasureBasis
from tests.intake.desk import at_once
from tests.intake.staff import member
from tests.intake.test_two_writers import somebody_waits_for_us
from tests.retention import contracts
from tests.retention.places import AT, ending, run, ticks, unticked

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROUNDS = 5


def test_of_two_who_settle_the_same_data_exactly_one_wins() -> None:
    by = member()
    for _ in range(ROUNDS):
        data = contracts.registered(by)
        settle = partial(entrusted.settle, data.id, contracts.settled(), seen=1, by=by, at=contracts.AT)
        answers = at_once(settle, settle)
        assert [type(answer) for answer in answers if answer is not None] == [Outdated]
        assert [event for event, _, _ in contracts.said(data.id)].count("entrusted.settled") == 1


def test_of_two_who_add_a_place_of_one_name_exactly_one_wins() -> None:
    by = member()
    for number in range(ROUNDS):
        add = partial(places.add, places.Entry(f"場所{number}", "消す"), by=by, at=AT)
        answers = at_once(add, add)
        assert [type(answer) for answer in answers].count(places.NameTaken) == 1
    assert AuditEntry.objects.filter(event="places.changed").count() == ROUNDS


def test_of_two_who_tick_the_same_box_one_leaves_an_entry_and_both_are_content() -> None:
    place_id = places.add(places.Entry("共有フォルダー", "消す"), by=member(), at=AT)
    for _ in range(ROUNDS):
        one, people = ending(), [member(), member()]
        box = checking.Tick(one.id, place_id)
        notes = [partial(checking.note, done=[box], undone=[], by=by, at=AT) for by in people]
        assert sorted(at_once(*notes)) == [0, 1]
        assert box in ticks()


def test_a_tick_for_what_is_being_erased_waits_and_leaves_nothing_behind() -> None:
    by, one = member(), ending()
    place_id = places.add(places.Entry("共有フォルダー", "消す"), by=by, at=AT)
    box, the_run = checking.Tick(one.id, place_id), run()

    def note() -> int:
        try:
            return checking.note(done=[box], undone=[], by=by, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            everything = Consultation.objects.filter(id=one.id)
            erased = erase(everything, basis=ErasureBasis.RETENTION, at=AT, run=the_run.id)
            checking.close(erased.array, run=the_run.id)
            waiting = colleague.submit(note)
            while not somebody_waits_for_us():
                assert not waiting.done()
        assert waiting.result(timeout=10) == 0
    assert ticks() == set()
    assert unticked(the_run)["共有フォルダー"] == 1


def test_what_is_just_being_ticked_is_left_to_the_next_run_with_its_tick() -> None:
    by, one = member(), ending()
    box = checking.Tick(one.id, places.add(places.Entry("共有フォルダー", "消す"), by=by, at=AT))

    def run_now() -> int:
        try:
            with transaction.atomic():
                everything = Consultation.objects.filter(id=one.id)
                return len(erase(everything, basis=ErasureBasis.RETENTION, at=AT, run=run().id).ids)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as purge, transaction.atomic():
        checking.note(done=[box], undone=[], by=by, at=AT)
        assert purge.submit(run_now).result(timeout=10) == 0
    assert ticks() == {box}
