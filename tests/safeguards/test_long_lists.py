"""第6条: staff's lists count no further than a limit, so that the longest costs what a short one does."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguards.admin import CappedPaginator
from safeguards.models import AuditEntry
from safeguards.services import audit

pytestmark = pytest.mark.django_db

LIST = "/admin/safeguards/auditentry/"


def enter(entries: int) -> None:
    for _ in range(entries):
        audit.record(audit.Event.KEYS_ROTATED, actor=None, at=datetime(2026, 11, 22, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("entries", "count", "capped"), [(0, 0, False), (4, 4, False), (5, 5, False), (6, 5, True), (9, 5, True)]
)
def test_it_counts_to_its_limit_and_says_whether_there_is_more(
    monkeypatch: pytest.MonkeyPatch, entries: int, count: int, capped: bool
) -> None:
    monkeypatch.setattr(CappedPaginator, "limit", 5)
    enter(entries)
    paginator = CappedPaginator(AuditEntry.objects.all(), 2)
    assert (paginator.count, paginator.capped) == (count, capped)
    assert len(paginator.page(paginator.num_pages).object_list) == count - 2 * (paginator.num_pages - 1)


def test_a_plain_list_is_counted_too() -> None:
    assert CappedPaginator([], 2).count == 0


def test_the_audit_counts_no_further_than_the_limit_and_says_how_to_find_the_rest(
    monkeypatch: pytest.MonkeyPatch, admin_client: Client
) -> None:
    monkeypatch.setattr(CappedPaginator, "limit", 5)
    enter(6)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = admin_client.get(LIST).content.decode()
    assert "5件以上あります" in page
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"] and "auditentry" in query["sql"]]
    assert counts
    assert all("LIMIT 6" in sql and "ORDER BY" not in sql for sql in counts)


def test_a_short_list_says_its_number(admin_client: Client) -> None:
    enter(3)
    page = admin_client.get(LIST).content.decode()
    assert "3件" in page
    assert "件以上" not in page
