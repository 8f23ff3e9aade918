"""第6条: signing in with password and code — what it answers, what it writes, and what is shut meanwhile."""

from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from safeguards.models import AuditEntry, Factor, RecordKey
from safeguards.services import sealed_factors
from tests.routes import addresses
from tests.safeguards.clock import Clock
from tests.safeguards.clock import clock as clock
from tests.staff import PASSWORD, code, codes_of, enrol

pytestmark = pytest.mark.django_db(databases="__all__")

SIGN_IN, CODE, RECOVERY, SET_UP = (
    "/admin/login/",
    "/admin/login/code/",
    "/admin/login/recovery/",
    "/admin/login/app/",
)
CODES = "/admin/account/codes/"


@pytest.fixture
def account(clock: Clock) -> User:
    return User.objects.create_user("hanako", password=PASSWORD, is_staff=True)


@pytest.fixture
def secret(account: User) -> str:
    return enrol(account)


def give_password(client: Client, password: str = PASSWORD, username: str = "hanako", **more: str) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def last() -> tuple[str, str, User | None]:
    entry = AuditEntry.objects.latest("id")
    return entry.event, entry.label, entry.actor


def test_password_and_code_lead_to_the_page_asked_for_and_leave_an_entry(
    client: Client, account: User, secret: str
) -> None:
    asked = "/admin/intake/consultation/?status=new"
    sent = client.get(asked)
    assert sent.headers["Location"] == f"{SIGN_IN}?next=/admin/intake/consultation/%3Fstatus%3Dnew"
    assert f'value="{asked}"' in client.get(sent.headers["Location"]).content.decode()
    assert give_password(client, next=asked).headers["Location"] == CODE
    assert not signed_in(client)
    answer = client.post(CODE, {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, asked)
    assert signed_in(client)
    assert last() == ("staff.signed_in", f"user {account.pk}", account)


def test_the_session_gets_a_new_key_at_each_step(client: Client, secret: str) -> None:
    client.session.save()
    before = client.session.session_key
    give_password(client)
    between = client.session.session_key
    client.post(CODE, {"code": code(secret)})
    assert len({before, between, client.session.session_key}) == 3
    assert Session.objects.count() == 1


def test_after_the_password_every_page_is_still_shut(client: Client, secret: str) -> None:
    give_password(client)
    for path in (
        "/admin/",
        "/admin/intake/consultation/",
        "/admin/account/",
        CODES,
        "/admin/password_change/",
    ):
        assert client.get(path).headers["Location"].startswith(SIGN_IN), path


@pytest.mark.parametrize(
    ("username", "password"), [("hanako", "wrong"), ("nobody", PASSWORD), ("visitor", PASSWORD)]
)
def test_wrong_password_unknown_name_and_account_without_admin_get_the_same_answer(
    client: Client, account: User, username: str, password: str
) -> None:
    visitor = User.objects.create_user("visitor", password=PASSWORD)
    answer = give_password(client, password, username)
    page = answer.content.decode()
    assert "ユーザー名かパスワードが違います" in page
    assert password not in page
    known = {"hanako": f"user {account.pk}, password", "visitor": f"user {visitor.pk}, password"}
    assert last() == ("staff.sign_in_failed", known.get(username, "password"), None)


def test_a_closed_account_gets_that_answer_too(client: Client, account: User) -> None:
    User.objects.update(is_active=False)
    assert "ユーザー名かパスワードが違います" in give_password(client).content.decode()


def test_known_and_unknown_names_cost_the_same_statements_and_one_hashing(
    client: Client, account: User
) -> None:
    costs = []
    for username in ("hanako", "nobody"):
        hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
        with CaptureQueriesContext(connection) as queries, mock.patch(hasher, return_value="x") as hashed:
            give_password(client, "wrong", username)
        costs.append(([query["sql"].split()[0] for query in queries.captured_queries], hashed.call_count))
    assert costs[0] == costs[1]
    assert costs[0][1] == 1


def test_a_wrong_code_is_told_and_entered_and_nobody_is_signed_in(
    client: Client, account: User, secret: str
) -> None:
    give_password(client)
    assert "コードが違います" in client.post(CODE, {"code": "000000"}).content.decode()
    assert last() == ("staff.sign_in_failed", f"user {account.pk}, code", None)
    assert not signed_in(client)
    assert client.post(CODE, {"code": code(secret)}).status_code == 302
    assert signed_in(client)


def test_a_code_that_was_used_is_refused_in_another_browser(client: Client, secret: str) -> None:
    for browser, passes in ((client, True), (Client(), False)):
        give_password(browser)
        browser.post(CODE, {"code": code(secret)})
        assert signed_in(browser) is passes


def test_a_recovery_code_signs_in_once_and_says_how_many_are_left(
    client: Client, account: User, secret: str
) -> None:
    give_password(client)
    typed = codes_of(account)[3]
    answer = client.post(RECOVERY, {"code": typed.upper()}, follow=True)
    assert "残りは9個です" in answer.content.decode()
    entries = AuditEntry.objects.order_by("-id")[:2]
    assert {entry.event for entry in entries} == {"staff.signed_in", "staff.recovery_code_used"}
    other = Client()
    give_password(other)
    assert "もう使われています" in other.post(RECOVERY, {"code": typed}).content.decode()
    assert last() == ("staff.sign_in_failed", f"user {account.pk}, recovery code", None)


def test_the_first_time_leads_over_app_and_codes_to_the_page_asked_for(client: Client, account: User) -> None:
    assert give_password(client, next="/admin/intake/consultation/").headers["Location"] == SET_UP
    shown = client.get(SET_UP)
    secret = sealed_factors.read(Factor.objects.get()).secret
    assert secret in shown.content.decode().replace(" ", "")
    assert "no-store" in shown.headers["Cache-Control"]
    assert "コードが違います" in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not signed_in(client)
    answer = client.post(SET_UP, {"code": code(secret)})
    assert answer.headers["Location"] == f"{CODES}?next=%2Fadmin%2Fintake%2Fconsultation%2F"
    # Typed addresses: the codes first.
    assert client.get("/admin/auth/user/").headers["Location"].startswith(CODES)
    page = client.get(answer.headers["Location"]).content.decode()
    for each in codes_of(account):
        assert f"{each[:5]}-{each[5:]}" in page
    noted = client.post(CODES, {"next": "/admin/intake/consultation/"})
    assert noted.headers["Location"] == "/admin/intake/consultation/"
    assert client.get(CODES).headers["Location"] == "/admin/account/"


def test_superusers_need_the_app_too(client: Client, clock: Clock) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert give_password(client, username="root").headers["Location"] == SET_UP
    client.force_login(root)  # however a session came about
    answer = client.get("/admin/auth/user/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{SIGN_IN}?next=%2Fadmin%2Fauth%2Fuser%2F"
    assert "2段階認証の確認が必要です" in answer.content.decode()


# Open to whoever is signed out: how one comes in, and out again.
WAYS_IN = ("/admin/login/", "/admin/logout/", "/admin/welcome/")
SAMPLES = {
    "uuid": "7f3c1a52-8f0e-4a55-9a39-4a4d1f1f2b10",
    "int": "1",
    "path": "1",
    "slug": "security",
    "str": "x",
}


def test_no_stock_admin_page_nor_ours_opens_without_the_factor(client: Client, account: User) -> None:
    """Every route below /admin/, from the resolver, typed or posted, with a session that has passed no factor."""
    User.objects.update(is_superuser=True)
    paths = {path for path in addresses(SAMPLES.__getitem__) if not path.startswith(WAYS_IN)}
    assert {"/admin/", "/admin/account/app/", f"/admin/intake/consultation/{SAMPLES['uuid']}/state/"} <= paths
    for path in sorted(paths):
        client.force_login(account)
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith(SIGN_IN), path
        client.force_login(account)
        assert client.post(path).status_code == 403, path


def test_the_step_between_is_forgotten_after_half_an_hour(client: Client, clock: Clock, secret: str) -> None:
    give_password(client)
    clock.forward(minutes=29, seconds=59)
    assert client.get(CODE).status_code == 200
    clock.forward(seconds=1)
    answer = client.post(CODE, {"code": code(secret)}, follow=True)
    assert "はじめからやり直してください" in answer.content.decode()
    assert not signed_in(client)


def test_a_password_changed_meanwhile_ends_the_step_between(
    client: Client, account: User, secret: str
) -> None:
    give_password(client)
    account.set_password("another long invention")
    account.save()
    assert client.post(CODE, {"code": code(secret)}).headers["Location"] == SIGN_IN


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "http:///evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/\t/evil.example",
    ],
)
def test_nobody_is_led_to_another_site(client: Client, secret: str, wanted: str) -> None:
    give_password(client, next=wanted)
    assert client.post(CODE, {"code": code(secret)}).headers["Location"] == "/admin/"


def test_a_factor_that_does_not_open_is_told_and_lets_nobody_in(
    client: Client, account: User, secret: str
) -> None:
    RecordKey.objects.all().delete()
    give_password(client)
    assert (
        "個人情報管理者に、再設定を頼んでください"
        in client.post(CODE, {"code": code(secret)}).content.decode()
    )
    assert not signed_in(client)


def test_signing_out_is_by_post_alone(client: Client, secret: str) -> None:
    give_password(client)
    client.post(CODE, {"code": code(secret)})
    assert client.get("/admin/logout/").status_code == 405
    assert signed_in(client)
    assert "サインアウトしました" in client.post("/admin/logout/", follow=True).content.decode()
    assert not signed_in(client)


def test_whoever_is_signed_in_goes_on_from_the_sign_in_page(client: Client, secret: str) -> None:
    give_password(client)
    client.post(CODE, {"code": code(secret)})
    assert client.get(f"{SIGN_IN}?next=/admin/account/").headers["Location"] == "/admin/account/"


def test_development_may_name_an_account_without_a_factor(
    client: Client, account: User, settings: Settings
) -> None:
    settings.STAFF_WITHOUT_SECOND_FACTOR = ["hanako"]
    assert give_password(client).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    settings.STAFF_WITHOUT_SECOND_FACTOR = []
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("path", ["password_reset/", "signup/", "email/", "welcome/", "user/1/password/"])
def test_no_page_that_nobody_needs_is_routed(admin_client: Client, path: str) -> None:
    assert admin_client.get(f"/admin/{path}").status_code == 404
    assert admin_client.get(f"/accounts/{path}").status_code == 404
