"""第6条: the 個人情報管理者 reviews who may do what, and resets a factor that somebody has lost."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from safeguards.models import AuditEntry, Factor
from safeguards.services import review, staff
from safeguards.services.audit import Event, record
from tests.staff import enrol, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "/admin/safeguards/staff/"


def member(username: str, role: staff.Role | None = None) -> User:
    account = User.objects.create_user(username, is_staff=True)
    if role:
        account.groups.add(Group.objects.get(name=role.value))
    return account


@pytest.fixture
def officer() -> User:
    return member("officer", staff.Role.PRIVACY_OFFICER)


@pytest.fixture
def client(officer: User) -> Client:
    return sign_in(Client(), officer)


def test_the_review_lists_every_account_with_what_stands_out(client: Client, officer: User) -> None:
    receptionist = member("uketsuke", staff.Role.RECEPTION)
    receptionist.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    User.objects.create_superuser("root")
    closed = member("closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    page = client.get(REVIEW).content.decode()
    for shown in (
        "officer",
        "uketsuke",
        "root",
        "closed",
        "停止中",
        "すべての権限",
        "監査記録の閲覧",
        "未設定",
    ):
        assert shown in page
    rows = {row.username: row for row in review.rows(at=timezone.now())}
    assert list(rows) == ["officer", "root", "uketsuke", "closed"]
    assert (rows["officer"].roles, rows["officer"].extra, rows["officer"].has_factor) == (
        ["個人情報管理者"],
        [],
        True,
    )
    assert rows["uketsuke"].extra == ["監査記録の閲覧"]
    assert rows["root"].is_superuser


@pytest.mark.parametrize(("days", "unused"), [(89, False), (90, False), (91, True)])
@pytest.mark.parametrize("field", ["last_login", "date_joined"])
def test_an_account_that_nobody_used_for_ninety_days_stands_out(
    officer: User, field: str, days: int, unused: bool
) -> None:
    now = timezone.now()
    User.objects.update(**{field: now - timedelta(days=days)})
    (row,) = review.rows(at=now)
    assert row.is_unused is unused


def test_a_group_that_is_no_role_stands_out(officer: User) -> None:
    officer.groups.add(Group.objects.create(name="extra group"))
    (row,) = review.rows(at=timezone.now())
    assert (row.roles, row.extra) == (["個人情報管理者"], ["extra group"])


def test_the_review_costs_the_same_however_many_there_are(
    officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        member(f"member{number}", staff.Role.VIEWER)
    with django_assert_max_num_queries(5):
        assert len(review.rows(at=timezone.now())) == 31


@pytest.mark.parametrize("role", [staff.Role.RECEPTION, staff.Role.VIEWER])
def test_other_roles_do_not_see_it_by_typed_address(role: staff.Role) -> None:
    account = member("someone", role)
    client = sign_in(Client(), account)
    assert client.get("/admin/").status_code == 200
    for path in (REVIEW, f"{REVIEW}{account.pk}/change/", "/admin/auth/user/", "/admin/auth/group/"):
        assert client.get(path).status_code == 403, path


def test_a_lost_factor_is_reset_after_confirmation_and_the_persons_sessions_end(
    client: Client, officer: User
) -> None:
    account = member("hanako", staff.Role.RECEPTION)
    enrol(account)
    theirs = sign_in(Client(), account)
    page, reset = f"{REVIEW}{account.pk}/change/", f"{REVIEW}{account.pk}/reset-factor/"
    assert "2段階認証を再設定する" in client.get(page).content.decode()
    assert client.get(reset).status_code == 405
    assert "チェックを入れてください" in client.post(reset, follow=True).content.decode()
    assert theirs.get("/admin/").status_code == 200
    done = client.post(reset, {"confirmed": "yes"}, follow=True).content.decode()
    assert "2段階認証を解除し" in done
    assert theirs.get("/admin/").status_code == 302
    assert Session.objects.count() == 1
    assert not Factor.objects.filter(account=account).exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.label, entry.actor) == ("staff.factor_reset", f"user {account.pk}", officer)


def test_nobody_resets_their_own_nor_an_officer_a_superusers(client: Client, officer: User) -> None:
    root = User.objects.create_superuser("root")
    enrol(root)
    for account in (officer, root):
        assert "再設定する</" not in client.get(f"{REVIEW}{account.pk}/change/").content.decode()
        answer = client.post(f"{REVIEW}{account.pk}/reset-factor/", {"confirmed": "yes"})
        assert answer.status_code == 403
    assert Factor.objects.count() == 2


def test_reception_cannot_reset_by_typed_address(officer: User) -> None:
    client = sign_in(Client(), member("uketsuke", staff.Role.RECEPTION))
    enrol(officer)
    assert client.post(f"{REVIEW}{officer.pk}/reset-factor/", {"confirmed": "yes"}).status_code == 403


@pytest.mark.parametrize("typed", ["999", "abc", "²", "1_3A"])
def test_an_account_that_is_none_is_not_found(client: Client, typed: str) -> None:
    assert client.get(f"{REVIEW}{typed}/change/").status_code == 404


def test_a_superusers_change_of_rights_is_in_the_audit_and_nothing_is_made_or_deleted(
    admin_client: Client, admin_user: User, officer: User
) -> None:
    page = f"/admin/auth/user/{officer.pk}/change/"
    shown = admin_client.get(page).content.decode()
    assert 'name="password"' not in shown
    viewer = Group.objects.get(name="閲覧")
    form = {"last_name": "", "email": "", "groups": [viewer.pk], "is_active": "on", "is_staff": "on"}
    assert admin_client.post(page, form).status_code == 302
    assert list(officer.groups.all()) == [viewer]
    entry = AuditEntry.objects.latest("id")
    label = f"user {officer.pk}, groups 1, extra 0, superuser 0, active 1"
    assert (entry.event, entry.label, entry.actor) == ("staff.role_changed", label, admin_user)
    before = AuditEntry.objects.count()
    admin_client.post(page, {**form, "last_name": "試験"})  # no right
    assert AuditEntry.objects.count() == before
    assert "試験" not in str(LogEntry.objects.values_list("object_repr", "change_message"))
    assert admin_client.get("/admin/auth/user/add/").status_code == 403
    assert admin_client.post(f"/admin/auth/user/{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.post(f"/admin/auth/group/{viewer.pk}/change/", {"name": "x"}).status_code == 403
    assert admin_client.post(f"/admin/auth/group/{viewer.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_filter_in_the_address_guesses_at_password_hashes(admin_client: Client) -> None:
    assert admin_client.get("/admin/auth/user/", {"password__startswith": "pbkdf2"}).status_code == 400


def signed_in(account: User, *, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    record(Event.STAFF_SIGNED_IN, actor=account, at=at)


@pytest.mark.parametrize(
    ("days", "found"), [([0, 1], 0), ([0, 1, 1], 0), ([0, 3, 6], 3), ([0, 3, 7], 0), ([0, 1, 2, 3], 4)]
)
def test_a_superuser_at_work_on_three_of_seven_days_is_noticed(days: list[int], found: int) -> None:
    root, other = User.objects.create_superuser("root"), member("other")
    for each in days:
        signed_in(root, days_ago=each)
        signed_in(other, days_ago=each)
    noticed = staff.superusers_in_daily_use(at=timezone.now())
    assert noticed == ([staff.DailySuperuser("root", found)] if found else [])
