"""第9条 (法令対応等): placing a legal hold from the page of a consultation, and what everybody sees of it there."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from intake.models import Consultation
from intake.services.erasure import ErasureBasis, by_hand
from retention.models import LegalHold
from retention.services import holds
from safeguards.models import Hold
from tests.intake.desk import entries
from tests.intake.desk_page import NOW, TODAY, main, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member
from tests.retention.held import REASON, held
from tests.retention.hold_pages import REVIEW, page_of, placing, told
from tests.retention.hold_pages import client as client
from tests.retention.hold_pages import officer as officer
from tests.retention.hold_pages import one as one

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

TYPED = {"basis": "dispute", "reason": REASON, "review_on": REVIEW}


def test_a_hold_is_placed_from_the_consultations_page(
    client: Client, officer: User, one: Consultation
) -> None:
    start = client.get(f"/admin/intake/consultation/{one.pk}/change/")
    assert f'<a href="{placing(one)}">消去を保留する</a>' in text(start)
    page = main(client.get(placing(one)))
    assert one.reference in page
    assert "氏名や相談の内容は書かず" in page
    answer = client.post(placing(one), TYPED)
    legal = LegalHold.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(legal))
    assert told(client, page_of(legal)) == ["消去を保留しました。"]
    assert [(event, label) for event, label, _ in entries(one.pk) if event != "consultation.opened"] == [
        ("hold.placed", f"dispute, {REVIEW}"),
        ("hold.opened", "dispute"),
    ]
    assert not LogEntry.objects.exists()


def test_everybody_who_sees_the_consultation_sees_that_it_is_held(officer: User, one: Consultation) -> None:
    address = f"/admin/intake/consultation/{one.pk}/change/"
    assert "保留しています" not in main(client_of(officer).get(address))
    legal = held(one.id, by=officer, at=NOW)
    for rights in (VIEWER, RECEPTION, PRIVACY_OFFICER):
        answer = client_of(member(*rights)).get(address)
        assert "消去を保留しています（紛争への対応・権利の行使）" in main(answer)
        assert REASON not in text(answer)
        assert (page_of(legal) in text(answer)) is (rights == PRIVACY_OFFICER)
        assert (placing(one) in text(answer)) is (rights == PRIVACY_OFFICER)
    holds.release(legal.hold_id, by=officer, at=NOW)
    assert "保留しています" not in main(client_of(officer).get(address))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"basis": ""}, "根拠を選んでください。"),
        ({"basis": "whim"}, "根拠は、選択肢の中から選んでください。"),
        ({"reason": " \n"}, "理由を入力してください。"),
        ({"reason": "あ" * 1001}, "理由は1,000文字以内で入力してください。"),
        ({"reason": "\0"}, "使えない文字（制御文字）"),
        ({"review_on": ""}, "見直す日を入力してください。"),
        ({"review_on": "2027-02-30"}, "実際にある日付を入力してください。"),
        ({"review_on": f"{TODAY}"}, "明日から1年後までの日を入力してください。"),
        ({"review_on": "2027-11-23"}, "明日から1年後までの日を入力してください。"),
    ],
)
def test_what_is_not_in_order_is_told_and_kept_and_holds_nothing(
    client: Client, one: Consultation, changed: dict[str, str], message: str
) -> None:
    answer = client.post(placing(one), TYPED | changed)
    assert answer.status_code == 200
    assert main(answer).count(message) == 2  # on top, and beside its field
    if "reason" not in changed:
        assert f">\n{REASON}</textarea>" in text(answer)
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    "review_on", [f"{TODAY + timedelta(days=1)}", "2027-11-22", "2027/3/31", "2027年3月31日"]
)
def test_a_day_within_the_year_is_taken_however_it_is_typed(
    client: Client, one: Consultation, review_on: str
) -> None:
    assert client.post(placing(one), TYPED | {"review_on": review_on}).status_code == 302


def test_a_reason_of_just_the_limit_in_lines_is_taken_and_kept_as_typed(
    client: Client, officer: User, one: Consultation
) -> None:
    assert client.post(placing(one), TYPED | {"reason": "あ\r\n" * 499 + "ああ"}).status_code == 302
    assert holds.reason_of(LegalHold.objects.get(), by=officer, at=NOW) == "あ\n" * 499 + "ああ"


def test_a_second_hold_on_the_same_basis_is_told(client: Client, officer: User, one: Consultation) -> None:
    held(one.id, by=officer)
    assert "この根拠による保留は、すでにあります。" in main(client.post(placing(one), TYPED))
    assert Hold.objects.count() == 1


def test_a_consultation_that_is_gone_is_told_and_the_reason_typed_is_not_lost(
    client: Client, officer: User, one: Consultation
) -> None:
    by_hand(one.id, basis=ErasureBasis.REQUEST, seen=one.version, by=officer, at=NOW)
    assert client.get(placing(one)).status_code == 404
    answer = client.post(placing(one), TYPED)
    assert answer.status_code == 404
    assert "消去されたか" in main(answer)
    assert REASON in main(answer)
    assert not Hold.objects.exists()


def test_one_that_goes_while_the_form_is_sent_is_told_too(
    client: Client, one: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(*args: Any, **kwargs: Any) -> None:
        raise holds.NoSuchRecord

    monkeypatch.setattr(holds, "place", place)
    assert client.post(placing(one), TYPED).status_code == 404
