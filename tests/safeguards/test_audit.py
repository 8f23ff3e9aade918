"""第6条 (ログ管理): the audit takes labels only and is never changed."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from safeguards.models import AuditEntry
from safeguards.rules.audit import LabelRefused
from safeguards.services import audit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)


def record(label: str = "") -> AuditEntry:
    audit.record(
        audit.Event.KEYS_ROTATED, actor=None, at=AT, subject_kind="a.b", subject_id=uuid4(), label=label
    )
    return AuditEntry.objects.latest("id")


def test_an_entry_keeps_what_it_was_given() -> None:
    entry = record("k2, 14")
    assert (entry.event, entry.at, entry.label, entry.actor) == ("keys.rotated", AT, "k2, 14", None)
    assert str(entry) == f"監査記録 {entry.pk}"


@pytest.mark.parametrize("label", ["taro@example.jp", "試験 太郎", "a" * 101, "line\nbreak"])
def test_a_label_that_could_be_a_persons_data_is_refused_without_repeating_it(label: str) -> None:
    with pytest.raises(LabelRefused) as refused:
        record(label)
    assert label not in str(refused.value)
    assert not AuditEntry.objects.exists()


def test_an_event_outside_the_list_is_refused_by_the_writer_and_by_the_database() -> None:
    with pytest.raises(ValueError, match="invented"):
        audit.record("invented", actor=None, at=AT)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="auditentry_event_known"):
        AuditEntry.objects.create(at=AT, event="invented")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safeguards_auditentry SET label = 'x'",
        "UPDATE safeguards_auditentry SET label = 'x' WHERE false",
        "DELETE FROM safeguards_auditentry",
        "TRUNCATE safeguards_auditentry",
    ],
)
def test_no_statement_changes_what_was_written(statement: str) -> None:
    record()
    connection.check_constraints()  # a TRUNCATE is refused earlier while a deferred foreign key waits
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


def test_an_account_with_entries_cannot_be_deleted() -> None:
    staff = get_user_model().objects.create_user("staff")
    audit.record(audit.Event.KEYS_ROTATED, actor=staff, at=AT)
    with pytest.raises(ProtectedError):
        staff.delete()


def test_staff_read_the_list_and_nobody_can_add_change_or_delete(admin_client: Client) -> None:
    entry = record("k2, 14")
    page = admin_client.get("/admin/safeguards/auditentry/")
    assert "k2, 14" in page.content.decode()
    assert "鍵の更新" in page.content.decode()
    assert admin_client.get(f"/admin/safeguards/auditentry/{entry.pk}/change/").status_code == 200
    assert admin_client.post(f"/admin/safeguards/auditentry/{entry.pk}/change/", {}).status_code == 403
    assert admin_client.get("/admin/safeguards/auditentry/add/").status_code == 403
    assert (
        admin_client.post(f"/admin/safeguards/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
