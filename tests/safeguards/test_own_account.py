"""第6条: staff change their own password, app and recovery codes, each after showing who they are."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from safeguards.models import AuditEntry, Factor
from safeguards.services import sealed_factors
from tests.safeguards.clock import Clock
from tests.safeguards.clock import clock as clock
from tests.staff import PASSWORD, code, codes_of, enrol, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

PASSWORD_PAGE, NEW_CODES, NEW_APP = (
    "/admin/password_change/",
    "/admin/account/codes/new/",
    "/admin/account/app/",
)
NEW = "another long invention"


@pytest.fixture
def account(clock: Clock) -> User:
    return User.objects.create_user("hanako", "hanako.shiken@example.jp", password=PASSWORD, is_staff=True)


@pytest.fixture
def secret(account: User) -> str:
    return enrol(account)


@pytest.fixture
def client(account: User, secret: str) -> Client:
    return sign_in(Client(), account)


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("event", flat=True))


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> str:
    form = {"old": old, "password": new, "again": again}
    return client.post(PASSWORD_PAGE, form, follow=True).content.decode()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: Client, account: User) -> None:
    other = sign_in(Client(), account)
    assert "パスワードを変更しました" in change(client)
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    account.refresh_from_db()
    assert account.check_password(NEW)
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.label, entry.actor) == ("staff.password_set", f"user {account.pk}", account)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "今のパスワードが違います"),
        (PASSWORD, "short", "short", "短すぎます"),
        (PASSWORD, "hanako.shiken@ex", "hanako.shiken@ex", "似すぎ"),
        (PASSWORD, "password12345", "password12345", "一般的"),
        (PASSWORD, "123456789012345", "123456789012345", "数字"),
        (PASSWORD, NEW, "something else!", "一致しません"),
        (PASSWORD, "", "", "新しいパスワードを入力してください"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(
    client: Client, account: User, old: str, new: str, again: str, said: str
) -> None:
    page = change(client, old, new, again)
    assert said in page
    for typed in {old, new, again} - {""}:
        assert f'value="{typed}"' not in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_guessing_the_old_password_in_an_open_session_is_throttled(client: Client) -> None:
    for _ in range(5):
        change(client, "wrong")
    assert "続けて何度も試された" in change(client)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_new_recovery_codes_want_a_code_and_are_shown_once(
    client: Client, account: User, secret: str, kind: str
) -> None:
    old = codes_of(account)
    assert "違うか、もう使われています" in client.post(NEW_CODES, {"code": "000000"}).content.decode()
    typed = code(secret) if kind == "app" else old[0]
    shown = client.post(NEW_CODES, {"code": typed}, follow=True).content.decode()
    new = codes_of(account)
    assert not set(old) & set(new)
    assert f"{new[0][:5]}-{new[0][5:]}" in shown
    assert "staff.recovery_codes_made" in events()
    assert client.post("/admin/account/codes/", {"next": "/admin/account/"}).status_code == 302
    assert "10個" in client.get("/admin/account/").content.decode()


def test_another_app_is_set_up_from_within_and_the_old_one_counts_until_then(
    client: Client, account: User, secret: str, clock: Clock
) -> None:
    assert client.post(NEW_APP, {"code": code(secret)}).headers["Location"] == "/admin/login/app/"
    clock.forward(seconds=30)
    assert client.get("/admin/").status_code == 200  # nothing has changed yet
    waiting = Factor.objects.get(confirmed_at=None)
    new = sealed_factors.read(waiting).secret
    assert new != secret
    client.post("/admin/login/app/", {"code": code(new)})
    assert Factor.objects.get().id == waiting.id
    assert events()[-4:] == [
        "staff.factor_removed",
        "staff.factor_added",
        "staff.recovery_codes_made",
        "staff.signed_in",
    ]


@pytest.mark.parametrize(
    "path", [PASSWORD_PAGE, NEW_CODES, NEW_APP, "/admin/account/", "/admin/account/codes/"]
)
def test_strangers_are_led_to_the_sign_in_page(path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/admin/login/?next={path}"
