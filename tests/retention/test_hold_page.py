"""第9条 (法令対応等): the page of one legal hold and the list of all: what they say, what is done there, by whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from intake.models import Consultation
from intake.services import reading
from intake.services.erasure import ErasureBasis, by_hand
from retention.models import LegalHold
from retention.services import holds
from safeguards.models import Hold
from safeguards.services import envelopes
from tests.intake.desk import entries, fresh
from tests.intake.desk_page import NOW, TODAY, consultation, main, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member
from tests.retention.held import REASON, held
from tests.retention.hold_pages import LIST, REVIEW, page_of, placing, told
from tests.retention.hold_pages import client as client
from tests.retention.hold_pages import officer as officer
from tests.retention.hold_pages import one as one

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]


def test_the_page_says_who_holds_what_why_and_until_when_and_leaves_an_entry(
    client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    page = main(client.get(page_of(legal)))
    for words in (
        f"相談 {one.reference}",
        "根拠 紛争への対応・権利の行使",
        f"理由 {REASON}",
        "kanri\u30002026年11月22日 12:00".replace("\u3000", " "),
        "見直す日 2027年3月31日",
        "解除していません（保留中）",
    ):
        assert words in page.replace("\u3000", " "), words
    assert entries(one.id)[1:] == [("hold.opened", "dispute", officer.pk)]


def test_the_review_is_put_off_on_the_page(client: Client, officer: User, one: Consultation) -> None:
    legal = held(one.id, by=officer, at=NOW)
    answer = client.post(f"{LIST}{legal.pk}/prolong/", {"review_on": "2027-06-30"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(legal))
    assert told(client, page_of(legal)) == ["見直す日を変更しました。"]
    legal.refresh_from_db()
    assert legal.review_on == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("typed", "message"),
    [(REVIEW, "いまの見直す日と同じです。"), (f"{TODAY}", "明日から1年後まで"), ("", "入力してください")],
)
def test_a_review_that_cannot_be_is_told_beside_its_field(
    client: Client, officer: User, one: Consultation, typed: str, message: str
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    answer = client.post(f"{LIST}{legal.pk}/prolong/", {"review_on": typed})
    assert answer.status_code == 200
    assert main(answer).count(message) == 2
    assert '<a href="#prolong_review_on">' in text(answer)
    assert [event for event, _, _ in entries(one.id)] == ["hold.placed", "hold.opened"]


def test_a_hold_is_released_on_the_page_and_stays_as_a_record(
    client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    answer = client.post(f"{LIST}{legal.pk}/release/")
    assert (answer.status_code, answer["Location"]) == (302, page_of(legal))
    after = client.get(page_of(legal))
    assert [str(message) for message in after.context["messages"]] == ["消去の保留を解除しました。"]
    page = main(after)
    assert "解除 kanri 2026年11月22日 12:00" in page.replace("\u3000", " ")
    assert REASON in page
    assert "理由は、相談を消去すると読めなくなります。" in page
    assert "保留を解除する" not in page
    assert "見直す日を変更する" not in page


def test_a_hold_that_a_colleague_released_changes_no_more(
    client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    holds.release(legal.hold_id, by=officer, at=NOW)
    for verb, data in (("release", {}), ("prolong", {"review_on": "2027-06-30"})):
        assert client.post(f"{LIST}{legal.pk}/{verb}/", data).status_code == 302
        assert told(client, page_of(legal)) == ["この保留は、すでに解除されています。何も変更していません。"]
    assert [event for event, _, _ in entries(one.id)].count("hold.released") == 1


def test_once_the_consultation_is_erased_the_page_says_that_the_reason_cannot_be_read(
    client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    holds.release(legal.hold_id, by=officer, at=NOW)
    by_hand(one.id, basis=ErasureBasis.REQUEST, seen=fresh(one).version, by=officer, at=NOW)
    page = main(client.get(page_of(legal)))
    assert "もう読めません" in page
    assert "消去済み" in page
    assert one.reference not in page
    assert REASON not in page
    assert "消去済みの相談" in main(client.get(LIST))


def test_an_envelope_that_does_not_open_is_told_and_logged_by_its_fault_alone(
    client: Client, officer: User, one: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    legal, said = held(one.id, by=officer, at=NOW), []
    LegalHold.objects.update(reason=bytes(legal.reason)[:-1] + b"x")
    monkeypatch.setattr(reading, "log_fault", lambda error: said.append(type(error)))
    assert "封を開けませんでした" in main(client.get(page_of(legal)))
    assert said == [envelopes.TamperedEnvelope]


def test_the_list_is_filtered_by_state_and_opens_no_reason(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = NOW - timedelta(days=60)
    found = {}
    for day in (-1, 0, 1):
        one = consultation()
        held(one.id, by=officer, review_on=TODAY + timedelta(days=day), at=earlier)
        found[day] = one.reference
    over = consultation()
    holds.release(held(over.id, by=officer, at=earlier).hold_id, by=officer, at=NOW)

    def listed(query: str) -> set[str]:
        page = main(client.get(f"{LIST}{query}"))
        assert REASON not in page
        return {reference for reference in (*found.values(), over.reference) if reference in page}

    assert listed("") == {*found.values(), over.reference}
    assert listed("?state=open") == set(found.values())
    assert listed("?state=past") == {found[-1]}
    assert listed("?state=released") == {over.reference}
    assert listed("?state=nonsense") == {*found.values(), over.reference}
    page = main(client.get(LIST))
    assert page.count("見直し日を過ぎています") == 1
    assert "2026/11/22に解除" in page
    assert "hold.opened" not in [event for event, _, _ in entries(over.id)]


def test_following_a_link_to_a_form_that_only_posts_changes_nothing(
    client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    for verb in ("prolong", "release"):
        answer = client.get(f"{LIST}{legal.pk}/{verb}/")
        assert (answer.status_code, answer["Location"]) == (302, page_of(legal))
    assert len(entries(one.id)) == 1


def test_a_hold_that_there_is_not_is_said_not_to_be(client: Client) -> None:
    for address in (f"{uuid4()}/change/", "x/change/", f"place/{uuid4()}/"):
        assert client.get(f"{LIST}{address}").status_code == 404, address
    for verb in ("prolong", "release"):
        assert client.post(f"{LIST}{uuid4()}/{verb}/", {"review_on": REVIEW}).status_code == 404


def test_who_may_only_see_holds_is_offered_no_form_and_gets_none(officer: User, one: Consultation) -> None:
    legal = held(one.id, by=officer, at=NOW)
    client = client_of(member("view_legalhold"))
    page = client.get(page_of(legal))
    assert REASON in main(page)
    assert "<form" not in text(page).split('id="content-main"')[1].split('id="footer"')[0]
    assert f"/admin/intake/consultation/{one.pk}/" not in text(page)
    assert client.get(placing(one)).status_code == 403
    for verb in ("prolong", "release"):
        assert client.post(f"{LIST}{legal.pk}/{verb}/", {"review_on": REVIEW}).status_code == 403
    assert Hold.objects.get().released_at is None


@pytest.mark.parametrize("rights", [VIEWER, RECEPTION], ids=["viewer", "reception"])
def test_everybody_else_is_refused(officer: User, one: Consultation, rights: tuple[str, ...]) -> None:
    legal = held(one.id, by=officer, at=NOW)
    client = client_of(member(*rights))
    for address in (LIST, page_of(legal), placing(one)):
        assert client.get(address).status_code == 403, address
    for address in (placing(one), f"{LIST}{legal.pk}/prolong/", f"{LIST}{legal.pk}/release/"):
        assert client.post(address, {"review_on": REVIEW}).status_code == 403, address
    assert [event for event, _, _ in entries(one.id)] == ["hold.placed"]


def test_nobody_adds_changes_or_deletes_by_djangos_own_forms(
    admin_client: Client, officer: User, one: Consultation
) -> None:
    legal = held(one.id, by=officer, at=NOW)
    for address in ("add/", f"{legal.pk}/delete/"):
        assert admin_client.get(f"{LIST}{address}").status_code == 403
        assert admin_client.post(f"{LIST}{address}", {"post": "yes"}).status_code == 403
    assert admin_client.post(page_of(legal), {"review_on": REVIEW}).status_code == 403
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": str(legal.pk), "post": "yes"})
    assert LegalHold.objects.count() == 1
    assert admin_client.get(f"{LIST}{legal.pk}/history/").status_code == 404
