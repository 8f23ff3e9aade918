"""2-1: what staff see in Django admin, and what they cannot do there."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import submission
from policy import services as policy
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.staff import sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

LIST = "/admin/intake/consultation/"
ANSWERS = Answers(
    employee_count="300_999",
    case_types=("harassment", "other"),
    company_name="試験商事",
    contact_name="試験 太郎",
    email="taro@example.jp",
    security="<script>alert(1)</script>",
)


@pytest.fixture
def stored() -> Consultation:
    at = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)
    submission.submit(ANSWERS, token=uuid4(), edition=policy.in_force(at.date()), at=at)
    return Consultation.objects.get()


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def staff(*permissions: str) -> Client:
    user = User.objects.create_user(uuid4().hex, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return sign_in(Client(), user)


def opened() -> int:
    return AuditEntry.objects.filter(event="consultation.opened").count()


def test_the_list_shows_reference_company_time_and_status_and_opens_nothing(
    admin_client: Client, stored: Consultation
) -> None:
    page = body(admin_client, LIST)
    for shown in (stored.reference, "試験商事", "2026/11/22 12:04", "新規"):
        assert shown in page
    assert "試験 太郎" not in page
    assert "taro@example.jp" not in page
    assert opened() == 0


def test_the_detail_groups_the_answers_as_asked_and_leaves_an_audit_entry(
    admin_client: Client, admin_user: User, stored: Consultation
) -> None:
    answer: HttpResponse = admin_client.get(f"{LIST}{stored.pk}/change/")  # type: ignore[assignment]
    page = answer.content.decode()
    places = [page.index(title) for title in ("体制", "ケースと困りごと", "運用と支援", "ご連絡先")]
    assert places == sorted(places)
    for shown in ("300〜999名", "ハラスメントに関わる相談、その他", "試験 太郎", "taro@example.jp", "未回答"):
        assert shown in page
    assert "no-store" in answer.headers["Cache-Control"]
    entry = AuditEntry.objects.get(event="consultation.opened")
    assert (entry.actor, entry.subject_id) == (admin_user, stored.id)


def test_what_was_typed_is_shown_as_text_never_as_markup(admin_client: Client, stored: Consultation) -> None:
    page = body(admin_client, f"{LIST}{stored.pk}/change/")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_staff_without_the_right_see_the_seal_and_leave_no_entry(stored: Consultation) -> None:
    page = body(staff("view_consultation"), f"{LIST}{stored.pk}/change/")
    assert "（封をしています）" in page
    assert "300〜999名" in page
    assert "taro@example.jp" not in page
    assert opened() == 0


def test_the_right_to_open_shows_the_personal_part(stored: Consultation) -> None:
    page = body(staff("view_consultation", "open_envelope"), f"{LIST}{stored.pk}/change/")
    assert "taro@example.jp" in page
    assert opened() == 1


def test_staff_without_any_right_and_strangers_see_nothing(stored: Consultation) -> None:
    assert staff().get(f"{LIST}{stored.pk}/change/").status_code == 403
    assert Client().get(f"{LIST}{stored.pk}/change/").status_code == 302


def test_an_envelope_that_does_not_open_is_said_so_and_the_rest_is_shown(
    admin_client: Client, stored: Consultation
) -> None:
    envelopes.destroy(kind=submission.KIND, record_ids=[stored.id])
    page = body(admin_client, f"{LIST}{stored.pk}/change/")
    assert "個人情報の封を開けませんでした" in page
    assert page.count("（開けませんでした）") == 6
    assert "300〜999名" in page
    assert opened() == 0


def test_nobody_adds_changes_or_deletes_there(admin_client: Client, stored: Consultation) -> None:
    change = f"{LIST}{stored.pk}/change/"
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(change, {"company_name": "別"}).status_code == 403
    assert admin_client.post(f"{LIST}{stored.pk}/delete/", {"post": "yes"}).status_code == 403
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": str(stored.pk), "post": "yes"})
    assert Consultation.objects.get().company_name == "試験商事"


def test_the_list_costs_the_same_queries_however_long_it_is(
    admin_client: Client, stored: Consultation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = stored.submitted_at
    for _ in range(20):
        submission.submit(ANSWERS, token=uuid4(), edition=policy.in_force(at.date()), at=at)
    with django_assert_max_num_queries(6):
        admin_client.get(LIST)


def test_a_reference_is_found_however_it_is_typed_and_a_misheard_one_is_told(
    admin_client: Client, stored: Consultation
) -> None:
    plain = stored.reference.replace("-", "")[1:]
    for typed in (stored.reference, plain, f"{plain[:5]} {plain[5:]}", f"c{plain}"):
        assert f"{stored.pk}/change/" in admin_client.get(LIST, {"q": typed}).content.decode()
    wrong = plain[:-1] + str((int(plain[-1]) + 1) % 10)
    page = admin_client.get(LIST, {"q": wrong}).content.decode()
    assert "として正しくありません" in page
    assert str(stored.pk) not in page


@pytest.mark.parametrize("url", [LIST, "/admin/safeguards/auditentry/"])
def test_an_address_in_the_search_box_is_refused(
    admin_client: Client, stored: Consultation, url: str
) -> None:
    page = admin_client.get(url, {"q": "taro@example.jp"}).content.decode()
    assert "メールアドレスは、ここでは検索できません" in page
    assert str(stored.pk) not in page
