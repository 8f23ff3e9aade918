"""2-1: a passage that the screen missed, masked by hand, and what becomes of the rest."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services import free_texts, review, sight
from safeguards.services import envelopes
from tests.intake.desk import AT, entries, fresh
from tests.intake.desk_page import RECEIVED, consultation
from tests.intake.staff import member
from tests.intake.texts import (
    NAME,
    PHONE,
    RULES,
    SECURITY,
    flagged,
    personal,
)

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

LATER = AT + timedelta(hours=3)


@pytest.fixture
def by() -> User:
    return member()


def test_a_passage_is_masked_wherever_the_box_has_it_and_what_is_due_stays_due(by: User) -> None:
    one = flagged(security=f"{SECURITY}例の件。例の件。", case_types_other="例の件")
    assert review.mask(one.id, field="security", passage="例の件", seen=1, by=by, at=LATER) == 2
    assert personal(one).security == f"{SECURITY}■■。■■。"
    assert personal(one).case_types_other == "例の件"
    assert fresh(one).review == "due"
    assert entries(one.id)[-1] == ("consultation.texts_redacted", "passage=2", by.pk)


def test_a_passage_of_a_record_that_nothing_was_found_in_is_masked_under_a_new_key(by: User) -> None:
    one = flagged(pain_points_other="", security=SECURITY)
    review.release(one.id, rules=RULES, seen=1, by=by, at=LATER)
    backup = bytes(fresh(one).sealed)
    review.mask(one.id, field="security", passage=PHONE, seen=2, by=by, at=LATER)
    assert (fresh(one).review, fresh(one).flagged_at) == ("redacted", RECEIVED)
    with pytest.raises(envelopes.KeyDestroyed):
        envelopes.open(backup, kind=KIND, record_id=one.id, into=PersonalPart)


def test_masking_by_hand_is_the_first_that_a_clean_record_has_of_a_review(by: User) -> None:
    one = consultation(security="記録の保管は国内を希望します。")
    Consultation.objects.update(screened_with="rules of old")
    review.mask(one.id, field="security", passage="国内", seen=1, by=by, at=LATER)
    after = fresh(one)
    assert (after.review, after.flagged_at) == ("redacted", LATER)
    assert after.screened_with == free_texts.rules_digest()


def test_what_is_found_beside_a_passage_masked_by_hand_waits_for_a_decision(by: User) -> None:
    one = flagged(security=SECURITY)
    Consultation.objects.update(review="", flagged_at=None, screened_with="rules of old")
    review.mask(one.id, field="security", passage="国内", seen=1, by=by, at=LATER)
    assert (fresh(one).review, fresh(one).flagged_at) == ("due", LATER)
    assert entries(one.id)[-1][:2] == ("consultation.flagged", "diagnosis=1, person_name=1, phone=1")


def test_without_what_was_masked_by_hand_nothing_due_comes_to_light(by: User) -> None:
    """The illness is found by the name beside it: without the name it may be missed."""
    one = flagged()
    review.mask(one.id, field="pain_points_other", passage=f"{NAME}さん", seen=1, by=by, at=LATER)
    shown, hidden = sight.ordinary(fresh(one), personal(one))
    assert (shown.pain_points_other, shown.security) == ("", "")
    assert set(hidden) == {"pain_points_other", "security"}
