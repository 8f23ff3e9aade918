"""第6条: whoever leaves has no way back in, and their consultations stay with somebody."""

from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client

from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import submission
from policy import services as policy
from safeguards.models import AuditEntry, Factor
from safeguards.services import passwords, staff
from tests.staff import PASSWORD, enrol, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def member(username: str, role: staff.Role = staff.Role.RECEPTION) -> User:
    account = User.objects.create_user(username, password=PASSWORD, is_staff=True)
    account.groups.add(Group.objects.get(name=role.value))
    return account


@pytest.fixture
def leaver() -> User:
    """Somebody with a role, a right of their own, an app, and two consultations."""
    account = member("leaver")
    account.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    enrol(account)
    for _ in range(2):
        answers = Answers(email="taro@example.jp")
        submission.submit(answers, token=uuid4(), edition=policy.in_force(AT.date()), at=AT)
    Consultation.objects.update(assignee=account)
    return account


def leave(**options: str) -> str:
    out = StringIO()
    call_command("staff_leaves", "leaver", stdout=out, **options)
    return out.getvalue().strip()


def entries() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("id").values_list("event", "label"))


def test_a_leaver_has_no_way_back_in(leaver: User) -> None:
    client = sign_in(Client(), leaver)
    link = passwords.link_token(leaver)
    assert client.get("/admin/").status_code == 200
    assert leave() == "leaver is closed; 2 consultations handed on"
    assert client.get("/admin/").status_code == 302
    leaver.refresh_from_db()
    assert (leaver.is_active, leaver.is_staff, leaver.is_superuser) == (False, False, False)
    assert not leaver.has_usable_password()
    assert not leaver.groups.exists()
    assert not leaver.user_permissions.exists()
    assert not Factor.objects.exists()
    form = {"username": "leaver", "password": PASSWORD}
    assert "違います" in Client().post("/admin/login/", form).content.decode()
    assert Client().get(f"/admin/welcome/{leaver.pk}/{link}/").status_code == 410
    label = f"user {leaver.pk}"
    assert ("staff.left", f"{label}, 2 handed on") in entries()
    assert ("staff.factor_removed", label) in entries()


def test_the_consultations_go_to_nobody_or_to_whom_is_named(leaver: User) -> None:
    successor = member("successor", staff.Role.PRIVACY_OFFICER)
    leave(hand_to="successor")
    assert list(Consultation.objects.values_list("assignee", flat=True)) == [successor.pk, successor.pk]
    assert [event for event, _ in entries()].count("consultation.assigned") == 2


def test_without_a_successor_they_are_unassigned(leaver: User) -> None:
    leave()
    assert not Consultation.objects.exclude(assignee=None).exists()


@pytest.mark.parametrize(
    ("hand_to", "said"),
    [
        ("nobody", "there is no account nobody"),
        ("viewer", "viewer may not work on consultations"),
        ("leaver", "nobody hands on to themselves"),
    ],
)
def test_with_a_successor_who_cannot_take_them_nothing_happens(leaver: User, hand_to: str, said: str) -> None:
    member("viewer", staff.Role.VIEWER)
    before = entries()
    with pytest.raises(CommandError, match=said):
        leave(hand_to=hand_to)
    leaver.refresh_from_db()
    assert leaver.is_active
    assert Consultation.objects.filter(assignee=leaver).count() == 2
    assert entries() == before


def test_an_account_that_does_not_exist_is_one_clear_line() -> None:
    with pytest.raises(CommandError, match="there is no account leaver"):
        leave()
