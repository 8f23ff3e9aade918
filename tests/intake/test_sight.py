"""2-1: what of free texts that look personal stands in ordinary sight."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from intake.models import Consultation
from intake.services import reading, review
from tests.intake.desk import AT, fresh
from tests.intake.staff import member
from tests.intake.texts import CLEAN, ILLNESS, PHONE, RAW, RULES, SECURITY, flagged

pytestmark = pytest.mark.django_db(databases="__all__")

LATER = AT + timedelta(hours=3)


@pytest.fixture
def by() -> User:
    return member()


@pytest.fixture
def one() -> Consultation:
    return flagged()


def test_until_somebody_decides_ordinary_sight_gets_the_masked_texts(one: Consultation, by: User) -> None:
    opened = reading.open_personal(fresh(one), by=by, at=LATER)
    assert not [raw for raw in RAW if raw in str(opened)]
    assert opened.personal.pain_points_other.startswith("■■さんが■■で休職中です。")
    assert {field: dict(each.kinds) for field, each in opened.hidden.items()} == {
        "pain_points_other": {"person_name": 1, "diagnosis": 1},
        "security": {"phone": 1},
    }
    assert opened.personal.contact_name == "試験 太郎"


@pytest.mark.parametrize("columns", [{"screened_with": "rules of old"}, {"screened_with": ""}])
def test_what_other_rules_found_stays_hidden_as_a_whole(
    one: Consultation, by: User, columns: dict[str, str]
) -> None:
    Consultation.objects.update(**columns)
    opened = reading.open_personal(fresh(one), by=by, at=LATER)
    assert (opened.personal.pain_points_other, opened.personal.security) == ("", "")
    assert {field: dict(each.kinds) for field, each in opened.hidden.items()} == {
        "pain_points_other": {},
        "security": {},
    }


def test_where_the_present_rules_find_nothing_any_more_all_answered_boxes_stay_hidden_until_somebody_decides(
    by: User,
) -> None:
    one = flagged(pain_points_other="", security=SECURITY)
    review.mask(one.id, field="security", passage=PHONE, seen=1, by=by, at=LATER)
    opened = reading.open_personal(fresh(one), by=by, at=LATER)
    assert (opened.personal.security, list(opened.hidden)) == ("", ["security"])
    review.release(one.id, rules=RULES, seen=2, by=by, at=LATER)
    opened = reading.open_personal(fresh(one), by=by, at=LATER)
    assert (opened.personal.security, dict(opened.hidden)) == (SECURITY.replace(PHONE, "■■"), {})


def test_a_text_in_which_nothing_was_found_is_shown_as_it_is(by: User) -> None:
    one = flagged(security=CLEAN)
    opened = reading.open_personal(fresh(one), by=by, at=LATER)
    assert (opened.personal.security, list(opened.hidden)) == (CLEAN, ["pain_points_other"])
    assert ILLNESS not in opened.personal.pain_points_other
