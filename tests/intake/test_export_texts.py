"""2-1: free texts in a file: as staff decided on them, and none before anybody has."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from intake.models import Consultation
from intake.services import review
from tests.intake import desk
from tests.intake.exported import PERSONAL, URL, raw, rows
from tests.intake.listing import AT
from tests.intake.staff import client_of, member
from tests.intake.texts import PAINS, RAW, RULES, SECURITY, flagged, redact_all

pytestmark = pytest.mark.django_db(databases="__all__")

TEXTS = ("ケース種別（その他の内容）", "困りごと（その他の内容）", "セキュリティ要件")
HELD_BACK = "（要確認のため、出していません）"


@pytest.fixture
def me() -> User:
    return member("view_consultation", "export_personal")


@pytest.fixture
def officer(me: User) -> Client:
    return client_of(me)


def test_texts_that_nobody_has_looked_at_are_in_no_file(officer: Client, me: User) -> None:
    due = flagged()
    answer = raw(officer.post(URL, PERSONAL)).decode()
    assert not [each for each in RAW if each in answer]
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert [cells[column] for column in TEXTS] == [HELD_BACK] * 3
    assert cells["メールアドレス"] == desk.ADDRESS
    review.release(due.id, rules=RULES, seen=1, by=me, at=AT)
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert [cells[column] for column in TEXTS] == ["", PAINS, SECURITY]


def test_texts_that_nothing_has_looked_at_yet_are_in_no_file(officer: Client) -> None:
    desk.stored(at=AT, security="古い記録")
    Consultation.objects.update(screened_with="")
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert cells["セキュリティ要件"] == HELD_BACK


def test_what_was_masked_is_what_is_written(officer: Client, me: User) -> None:
    one = flagged()
    review.mask(one.id, field="pain_points_other", passage="面談の日程", seen=1, by=me, at=AT)
    redact_all(one, by=me, at=AT)
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert cells[TEXTS[1]] == "■■さんが■■で休職中です。■■が合いません。"
    assert cells[TEXTS[2]] == "対象者の連絡先は ■■ です。記録の保管は国内を希望します。"
