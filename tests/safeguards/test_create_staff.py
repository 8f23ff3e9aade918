"""第6条: accounts are made with a role and a link that works once; nobody ever types another person's password."""

from datetime import datetime, timedelta
from io import StringIO
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from safeguards.models import AuditEntry, Factor
from safeguards.services import factors
from tests.staff import PASSWORD, enrol, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

SITE = "http://127.0.0.1:8000"
FORM = {"password": PASSWORD, "again": PASSWORD}


def create(username: str = "hanako", **options: object) -> str:
    out = StringIO()
    call_command("create_staff", username, **{"role": "受付", **options}, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def renew(username: str = "hanako") -> str:
    return create(username, role="", again=True)


def path(link: str) -> str:
    assert link.startswith(f"{SITE}/admin/welcome/")
    return link.removeprefix(SITE)


def test_an_account_has_its_role_and_no_password_and_the_output_is_its_link_alone() -> None:
    link = create(name="試験 花子", email="hanako@example.jp")
    assert len(link.splitlines()) == 1
    account = User.objects.get()
    assert (account.username, account.get_full_name(), account.email) == (
        "hanako",
        "試験 花子",
        "hanako@example.jp",
    )
    assert [group.name for group in account.groups.all()] == ["受付"]
    assert (account.is_staff, account.is_superuser, account.has_usable_password()) == (True, False, False)
    assert not account.user_permissions.exists()
    entry = AuditEntry.objects.get()
    label = f"user {account.pk}, reception"
    assert (entry.event, entry.label, entry.actor) == ("staff.created", label, None)


def test_the_link_sets_a_password_leads_on_to_the_app_and_is_dead(client: Client) -> None:
    link = path(create())
    for _ in range(2):
        assert client.get(link).status_code == 200  # looking, as previews do, uses nothing up
    assert "一致しません" in client.post(link, {**FORM, "again": "other words here"}).content.decode()
    assert client.post(link, FORM).headers["Location"] == "/admin/login/app/"
    account = User.objects.get()
    assert account.check_password(PASSWORD)
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.label, entry.actor) == ("staff.password_set", f"user {account.pk}", account)
    for answer in (Client().get(link), Client().post(link, FORM)):
        assert answer.status_code == 410
        assert "このリンクは使えません" in answer.content.decode()


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (72, 200), (73, 410)])
def test_the_link_lives_three_days(client: Client, hours: int, status: int) -> None:
    link = path(create())
    moment = datetime.now() + timedelta(hours=hours)  # noqa: DTZ005 - as Django's generator reads the clock
    with mock.patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", return_value=moment):
        assert client.get(link).status_code == status


def test_a_forged_or_foreign_link_is_none(client: Client) -> None:
    link = path(create())
    create("taro")
    token = link.rstrip("/").rpartition("/")[2]
    taro = User.objects.get(username="taro").pk
    for forged in (f"/admin/welcome/{taro}/{token}/", f"/admin/welcome/999/{token}/", f"{link[:-2]}x/"):
        assert client.get(forged).status_code == 410


def test_a_new_link_kills_the_old_one_the_password_and_the_sessions_and_keeps_the_factor() -> None:
    old = path(create())
    Client().post(old, FORM)
    account = User.objects.get()
    enrol(account)
    sign_in(Client(), account)
    first = path(renew())
    second = path(renew())
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert Session.objects.count() == 1  # the one that stands between the steps, and holds nobody
    assert [Client().get(link).status_code for link in (old, first, second)] == [410, 410, 200]
    assert factors.confirmed_id(account)
    assert Client().post(second, FORM).headers["Location"] == "/admin/login/code/"
    entry = AuditEntry.objects.filter(actor=None).latest("id")
    assert (entry.event, entry.label) == ("staff.password_set", f"user {account.pk}, taken away")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"role": "社長"}, "--role must be one of 受付, 個人情報管理者, 閲覧"),
        ({"role": ""}, "--role must be one of"),
        ({"username": "taken"}, "the user name taken is taken"),
        ({"username": "has space"}, "not possible as an account: username"),
        ({"email": "no address"}, "not possible as an account: email"),
        ({"again": True, "role": ""}, "there is no account hanako"),
        ({"again": True}, "--again only prints a new link"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(options: dict[str, object], said: str) -> None:
    User.objects.create_user("taken")
    with pytest.raises(CommandError, match=said) as refused:
        create(**{"username": "hanako", **options})  # type: ignore[arg-type]
    assert len(str(refused.value).splitlines()) == 1
    assert User.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_closed_account_gets_no_link() -> None:
    create()
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="is closed"):
        renew()


def test_the_command_resets_a_lost_factor() -> None:
    account = User.objects.create_superuser("root")
    enrol(account)
    out = StringIO()
    call_command("reset_factor", "root", stdout=out)
    assert "second factor reset" in out.getvalue()
    assert not Factor.objects.exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.label, entry.actor) == ("staff.factor_reset", f"user {account.pk}", None)
    for username, said in (("root", "has no second factor"), ("nobody", "there is no account nobody")):
        with pytest.raises(CommandError, match=said):
            call_command("reset_factor", username)
