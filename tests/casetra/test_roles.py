"""第6条: a role gives exactly what its table says, after every migrate, whatever was done to it by hand."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from casetra import roles
from safeguards.choices import Role

pytestmark = pytest.mark.django_db


def granted() -> dict[str, set[str]]:
    return {
        group.name: {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}
        for group in Group.objects.prefetch_related("permissions__content_type")
    }


def table() -> dict[str, set[str]]:
    return {role.value: set(names) for role, names in roles.ROLES.items()}


def make() -> None:
    roles.make(using="default")


def test_every_role_has_its_table_and_every_permission_of_it_exists() -> None:
    assert set(roles.ROLES) == set(Role)
    assert granted() == table()


def test_the_table_says_who_may_what() -> None:
    see = {"intake.view_consultation"}
    handle = {"intake.open_envelope", "intake.triage", "retention.view_place", "retention.check_place"}
    officer = {
        "intake.export_personal",
        "intake.open_technical",
        "intake.review_texts",
        "intake.erase_consultation",
        "retention.view_purgerun",
        "retention.view_legalhold",
        "retention.place_legalhold",
        "retention.keep_places",
        "retention.view_entrusteddata",
        "retention.record_entrusteddata",
        "safeguards.view_auditentry",
        "safeguards.view_staff",
        "safeguards.reset_factor",
    }
    assert table() == {"閲覧": see, "受付": see | handle, "個人情報管理者": see | handle | officer}


def test_a_group_that_was_tampered_with_is_set_right_by_the_next_migrate() -> None:
    viewer = Group.objects.get(name="閲覧")
    viewer.permissions.set(Permission.objects.all())
    Group.objects.get(name="受付").permissions.clear()
    Group.objects.filter(name="個人情報管理者").delete()
    call_command("migrate", verbosity=0)
    assert granted() == table()


def test_making_them_again_changes_nothing_and_touches_no_other_group() -> None:
    Group.objects.create(name="other").permissions.add(Permission.objects.get(codename="view_auditentry"))
    ids = set(Group.objects.values_list("id", flat=True))
    for _ in range(2):
        make()
    assert set(Group.objects.values_list("id", flat=True)) == ids
    assert granted() == {**table(), "other": {"safeguards.view_auditentry"}}


def test_permissions_that_django_has_not_made_yet_are_made_first() -> None:
    Permission.objects.filter(codename__in=["triage", "reset_factor"]).delete()
    make()
    assert granted() == table()


def test_a_permission_that_does_not_exist_gives_nobody_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(roles.ROLES, Role.VIEWER, ("intake.invented",))
    make()
    assert granted()["閲覧"] == set()
    assert granted() != table()  # which is what the first test above is loud about


def test_another_database_and_a_project_without_accounts_are_left_alone() -> None:
    Group.objects.all().delete()
    roles.make(using="vault")
    roles.make(using="default", apps=type(apps)())
    assert not Group.objects.exists()


def test_nobody_gets_more_by_default() -> None:
    account = User.objects.create_user("new", is_staff=True)
    assert account.get_all_permissions() == set()
