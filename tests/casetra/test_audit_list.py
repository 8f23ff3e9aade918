"""第6条 (ログ管理): the audit in words, linked to what it is about, found by account, event and reference."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from casetra.admin import wording
from intake.choices import ContactKind, Status
from intake.models import KIND, Consultation
from intake.services import search, triage
from intake.services.export import Scope
from intake.services.selection import Period
from intake.services.triage import State
from safeguards.models import AuditEntry
from safeguards.services import audit
from safeguards.services.audit import Event
from tests.intake import desk
from tests.intake.staff import member
from tests.staff import sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

LIST = "/admin/safeguards/auditentry/"
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def officer() -> Client:
    return sign_in(Client(), member("view_auditentry", "view_consultation"))


def rows(client: Client, query: str = "") -> list[str]:
    """What each row of the list says, its tags left out."""
    answer = client.get(f"{LIST}?{query}" if query else LIST)
    assert answer.status_code == 200
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.sub(r"<[^>]+>", " ", row) for row in body.split("</tr>") if "<tr" in row]
    return [" ".join(unescape(row).split()) for row in found]


def entry(event: Event, label: str, *, actor: User | None = None) -> None:
    audit.record(event, actor=actor, at=AT, label=label)


def test_an_entry_links_to_its_consultation_by_reference(officer: Client) -> None:
    consultation = desk.stored()
    page = officer.get(LIST).content.decode()
    assert (
        f'<a href="/admin/intake/consultation/{consultation.pk}/change/">{consultation.reference}</a>' in page
    )
    (said,) = rows(officer, f"q={consultation.reference}")
    assert "無料相談の受付" in said
    assert "intake.consultation" not in said


def test_who_may_not_see_consultations_gets_no_link_to_them() -> None:
    consultation = desk.stored()
    page = sign_in(Client(), member("view_auditentry")).get(LIST).content.decode()
    assert consultation.reference in page
    assert "/admin/intake/consultation/" not in page


def test_an_erased_record_is_said_to_be(officer: Client) -> None:
    audit.record(Event.CONSULTATION_OPENED, actor=None, at=AT, subject_kind=KIND, subject_id=uuid4())
    assert any("無料相談（消去済み）" in said for said in rows(officer))


def test_what_staff_did_is_said_in_words_with_the_accounts_names(officer: Client) -> None:
    consultation = desk.stored()
    by = member("triage", "view_consultation")
    state = State(Status.IN_PROGRESS, by, date(2026, 12, 1))
    triage.set_state(consultation.id, state, seen=consultation.version, by=by, at=AT)
    desk.contact(consultation, ContactKind.TELEPHONE_IN, by=by)
    search.by_email(desk.ADDRESS, by=by, at=AT)
    said = "\n".join(rows(officer))
    for words in (
        "新規 → 対応中",
        f"なし → {by.username}",
        "なし → 2026年12月1日",
        "電話を受けた",
        "メールアドレスでの検索",
        "1件",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    ("event", "label", "said"),
    [
        (Event.STAFF_SIGN_IN_FAILED, "user 7, password", "試験、パスワードの誤り"),
        (Event.STAFF_SIGN_IN_FAILED, "throttled", "回数の制限"),
        (Event.STAFF_SIGN_IN_FAILED, "user 7, recovery code", "試験、回復コードの誤り"),
        (Event.STAFF_RECOVERY_CODE_USED, "user 7, 9 left", "試験、残り9個"),
        (Event.STAFF_LEFT, "user 7, 12 handed on", "試験、引き継ぎ12件"),
        (Event.STAFF_CREATED, "user 8, privacy_officer", "user 8、個人情報管理者"),
        (
            Event.STAFF_ROLE_CHANGED,
            "user 7, groups 1, extra 0, superuser 1, active 0",
            "試験、役割1つ、個別の権限0件、管理者の権限あり、停止中",
        ),
        (Event.CONSULTATION_ASSIGNED, "user 7, -", "試験 → なし"),
        (Event.CONSULTATION_PLANNED, "2026-12-01, -", "2026年12月1日 → なし"),
        (Event.CONSULTATIONS_FOUND, "12345", "12,345件"),
        (Event.ERASURES_EXPORTED, "12345", "12,345件"),
        (Event.ERASURES_REPLAYED, "named=3, erased=2, keys=4", "台帳3件、再消去2件、鍵4個"),
        (
            Event.CONSULTATIONS_EXPORTED,
            Scope(Period(date(2026, 11, 1), date(2026, 11, 30)), "open").label(1234),
            "1,234件（受付日：2026年11月1日から2026年11月30日まで、状態：未完了）",
        ),
        (
            Event.CONSULTATIONS_EXPORTED_PERSONAL,
            Scope(Period(None, date(2026, 11, 30)), "won").label(1),
            "1件（受付日：2026年11月30日まで、状態：成約）",
        ),
        (Event.CONSULTATIONS_EXPORTED, Scope(Period()).label(2), "2件（受付日：すべて、状態：すべて）"),
        (Event.CONTACT_VOIDED, "twice", "二重に記録した"),
        (Event.HOLD_PLACED, "dispute, 2027-03-31", "紛争への対応・権利の行使、2027年3月31日"),
        (Event.HOLD_PROLONGED, "2027-03-31, 2027-06-30", "2027年3月31日 → 2027年6月30日"),
        (Event.HOLD_OPENED, "law", "法令による保存"),
        (Event.HOLD_RELEASED, "authority", "官公署の求めへの対応"),
        (Event.CONSULTATIONS_ERASED, "retention, 1000", "保存期間の満了（第9条）、1,000件"),
        (Event.CONSULTATIONS_ERASED, "request, 1", "本人の請求（第8条）、1件"),
        (Event.KEYS_ROTATED, "k2, 14", "k2, 14"),
        (Event.KEYS_ROTATED, "", ""),
    ],
)
def test_labels_have_words(event: Event, label: str, said: str) -> None:
    assert wording.of(event, label, names=lambda: {7: "試験"}) == said


def test_it_is_filtered_by_account_event_and_day(officer: Client) -> None:
    one, two = member(), member()
    entry(Event.KEYS_ROTATED, "first", actor=one)
    entry(Event.STAFF_SIGNED_IN, "second", actor=two)
    entry(Event.KEYS_ROTATED, "third")
    assert [said.split()[-1] for said in rows(officer, f"actor={one.pk}")] == ["first"]
    assert [said.split()[-1] for said in rows(officer, "actor=none")] == ["third"]
    assert len(rows(officer, "event=keys.rotated")) == 2
    later = urlencode({"at__gte": AT + timedelta(seconds=1)})
    assert (len(rows(officer, urlencode({"at__gte": AT}))), rows(officer, later)) == (3, [])


@pytest.mark.parametrize(
    "query", ["actor=x", "actor=99999999999999999999", "event=nothing", "q=%00", "q=C-1"]
)
def test_nonsense_in_its_address_is_no_error(officer: Client, query: str) -> None:
    entry(Event.KEYS_ROTATED, "k2")
    assert officer.get(f"{LIST}?{query}", follow=True).status_code == 200


def test_it_is_found_by_id_too_and_by_nothing_else(officer: Client) -> None:
    consultation = desk.stored()
    entry(Event.KEYS_ROTATED, "k2")
    assert len(rows(officer, f"q={consultation.pk}")) == 1
    assert len(rows(officer, f"q={consultation.reference.lower()}")) == 1
    assert rows(officer, "q=試験商事") == rows(officer, "q=k2") == []


def test_the_page_of_one_entry_says_the_same_and_the_id(officer: Client) -> None:
    consultation = desk.stored()
    pk = AuditEntry.objects.get(subject_id=consultation.pk).pk
    page = officer.get(f"{LIST}{pk}/change/").content.decode()
    assert consultation.reference in page
    assert str(consultation.pk) in page
    assert consultation.company_name not in page


def test_the_list_costs_the_same_queries_however_long_it_is(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by = member("triage")
    for _ in range(12):
        consultation: Consultation = desk.stored()
        state = State(Status.NEW, by, None)
        triage.set_state(consultation.id, state, seen=consultation.version, by=by, at=AT)
    with django_assert_max_num_queries(12):
        assert len(rows(officer)) == 24


def test_the_page_of_an_entry_names_the_account_and_links_to_no_page_that_is_refused(officer: Client) -> None:
    """Django links a foreign key to its admin's page, and that of accounts is of superusers."""
    somebody = User.objects.create_user("hanako")
    audit.record(Event.STAFF_SIGNED_IN, actor=somebody, at=AT)
    entry = AuditEntry.objects.get(actor=somebody)
    page = officer.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert "hanako" in page
    assert "/admin/auth/" not in page


def test_an_hour_has_two_digits_as_on_our_own_pages(officer: Client) -> None:
    audit.record(Event.KEYS_ROTATED, actor=None, at=datetime(2026, 11, 22, 22, 33, tzinfo=UTC))
    entry = AuditEntry.objects.get(event=Event.KEYS_ROTATED)
    assert "2026年11月23日 07:33" in officer.get(LIST).content.decode()
    assert "2026年11月23日 07:33" in officer.get(f"{LIST}{entry.pk}/change/").content.decode()
