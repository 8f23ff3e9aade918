"""2-1: 「不達」 and the correction of a mistyped address, on the page of one consultation."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from intake.models import Consultation
from intake.services import reading
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.intake.desk_page import NOW, Answer, consultation, events, get, main, opened, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

RIGHT = "hanako@example.jp"


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


def check(user: User, stored: Consultation, email: str = RIGHT, **data: Any) -> Answer:
    return send(client_of(user), stored, "address/", email=email, **data)


def correct(user: User, stored: Consultation, email: str = RIGHT, **data: Any) -> Answer:
    return send(client_of(user), stored, "address/correct/", email=email, **data)


def address(stored: Consultation) -> str:
    stored.refresh_from_db()
    return reading.unseal(stored).personal.email


def test_a_bounce_is_noted_once_and_sets_no_clock(stored: Consultation, hanako: User) -> None:
    before = stored.last_contact_on
    assert saved(send(client_of(hanako), stored, "bounced/"), stored)
    stored.refresh_from_db()
    assert (stored.bounced_at, stored.last_contact_on) == (NOW, before)
    assert events(stored)[-1] == ("consultation.bounced", "")
    page = main(get(client_of(hanako), stored))
    assert "不達を記録した日時 2026年11月22日 12:00" in page
    assert "戻ってきたとき" not in page
    again = send(client_of(hanako), stored, "bounced/")
    assert "不達は、すでに記録されています。" in main(again)
    assert [event for event, _ in events(stored)].count("consultation.bounced") == 1


def test_the_new_address_is_shown_back_before_anything_is_written(stored: Consultation, hanako: User) -> None:
    answer = check(hanako, stored)
    assert f"このアドレスに訂正します。 {RIGHT}" in main(answer)
    assert address(stored) == "taro@example.jp"
    assert opened(stored) == 0  # the page shows what was typed, not what is sealed


def test_once_confirmed_it_takes_the_old_ones_place(stored: Consultation, hanako: User) -> None:
    Consultation.objects.update(bounced_at=NOW)
    assert saved(correct(hanako, stored), stored)
    assert address(stored) == RIGHT
    assert stored.bounced_at is None
    assert "consultation.address_corrected" in [event for event, _ in events(stored)]
    assert not AuditEntry.objects.filter(label__contains="example").exists()


def test_the_address_stands_in_no_address_of_a_page(stored: Consultation, hanako: User) -> None:
    assert "hanako" not in check(hanako, stored).request["PATH_INFO"]
    assert "example" not in correct(hanako, stored)["Location"]


def test_a_likely_slip_is_pointed_out_and_never_corrected(stored: Consultation, hanako: User) -> None:
    page = main(check(hanako, stored, "hanako@gmial.com"))
    assert "hanako@gmail.com の間違いではありませんか。" in page
    assert "訂正します。 hanako@gmial.com" in page


@pytest.mark.parametrize(("days", "is_sent"), [(13, True), (14, True), (15, False)])
def test_the_page_says_whether_the_mail_goes_out_again(hanako: User, days: int, is_sent: bool) -> None:
    page = main(check(hanako, consultation(at=NOW - timedelta(days=days))))
    assert ("改めて送ります" in page) is is_sent
    assert ("自動では送られません" in page) is not is_sent


@pytest.mark.parametrize(
    "typed", ["", "hanako", "hanako@localhost", "a@[192.0.2.1]", "あ@example", "a" * 255 + "@b.jp"]
)
def test_what_the_hearing_form_would_not_take_is_refused_and_kept(
    stored: Consultation, hanako: User, typed: str
) -> None:
    answer = check(hanako, stored, typed)
    assert answer.status_code == 200
    assert 'href="#address_email"' in text(answer)
    assert f'value="{typed}"' in text(answer) or typed == ""
    assert "<details open>" in text(answer).split('id="address"')[1]
    assert "このアドレスに訂正します" not in main(answer)
    assert correct(hanako, stored, typed).status_code == 200
    assert address(stored) == "taro@example.jp"


def test_full_width_letters_are_understood_as_in_the_hearing_form(stored: Consultation, hanako: User) -> None:
    assert f"訂正します。 {RIGHT}" in main(check(hanako, stored, "ｈａｎａｋｏ＠example.jp "))


def test_back_leads_to_the_page_with_the_address_still_typed(stored: Consultation, hanako: User) -> None:
    answer = check(hanako, stored, back="on")
    assert "状態と担当" in main(answer)
    assert "まだ保存していません" not in main(answer)
    assert f'value="{RIGHT}"' in text(answer)


def test_the_address_that_it_has_is_refused(stored: Consultation, hanako: User) -> None:
    answer = correct(hanako, stored, "taro@example.jp")
    assert "いま登録されているメールアドレスと同じです。" in main(answer)


def test_where_the_envelope_does_not_open_nothing_is_written(stored: Consultation, hanako: User) -> None:
    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    answer = correct(hanako, stored)
    assert "封を開けられないため、保存できませんでした" in main(answer)
    assert [event for event, _ in events(stored)] == ["consultation.submitted"]


@pytest.mark.parametrize(
    "rights", [VIEWER, ("view_consultation", "open_envelope"), ("view_consultation", "triage"), ("triage",)]
)
def test_correcting_needs_the_right_to_work_on_it_and_to_open_it(
    stored: Consultation, rights: tuple[str, ...]
) -> None:
    user = member(*rights)
    assert check(user, stored).status_code == 403
    assert correct(user, stored).status_code == 403
    assert address(stored) == "taro@example.jp"


@pytest.mark.parametrize("rights", [VIEWER, ("view_consultation", "open_envelope"), ("triage",)])
def test_noting_a_bounce_needs_the_right_to_work_on_it(stored: Consultation, rights: tuple[str, ...]) -> None:
    assert send(client_of(member(*rights)), stored, "bounced/").status_code == 403
    stored.refresh_from_db()
    assert stored.bounced_at is None
