"""2-1: every filter, order and search of the list finds its index: the partial ones only where the words agree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.intake.listing import AT, URL, row
from tests.intake.staff import client_of, member

pytestmark = pytest.mark.django_db

ROWS = 3000
# Three years, the newest first; one in ten is open, one in thirty has a next action, few mails are not sent.
_COPIES = """
INSERT INTO intake_consultation ({columns})
SELECT {values} FROM intake_consultation, generate_series(1, %(rows)s) AS n
"""
_VARIED = {
    "id": "gen_random_uuid()",
    "submission_token": "gen_random_uuid()",
    "reference": "'C-' || lpad(n::text, 5, '0') || '-00000'",
    "submitted_at": "submitted_at - n * interval '8 hours'",
    "last_contact_on": "last_contact_on - n / 3",
    "status": "CASE WHEN n > 300 THEN 'won' WHEN n < 20 THEN 'new' ELSE 'met' END",
    "assignee_id": "CASE WHEN n >= 20 THEN CASE WHEN mod(n, 10) = 0 THEN assignee_id ELSE %(colleague)s END END",
    "next_action_on": "CASE WHEN n <= 100 THEN last_contact_on + (n - 50) END",
    "acknowledged_at": "CASE WHEN mod(n, 100) > 0 THEN submitted_at END",
    "bounced_at": "CASE WHEN mod(n, 100) = 1 THEN submitted_at END",
    "company_normal": "'見本' || n || '商会'",
    "company_grams": "ARRAY['見本', '商会', right('0' || n, 2)]",
}


@pytest.fixture
def me() -> User:
    return member("view_consultation", "triage")


@pytest.fixture
def client(me: User) -> Client:
    row(assignee=me)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_consultation LIMIT 0")
        columns = [column.name for column in cursor.description]
        values = [_VARIED.get(column, column) for column in columns]
        statement = _COPIES.format(columns=", ".join(columns), values=", ".join(values))
        cursor.execute(statement, {"rows": ROWS, "colleague": member("triage").pk})
        cursor.execute("ANALYZE intake_consultation")
        cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table is soonest read whole
    return client_of(me)


def plans(client: Client, query: str) -> list[str]:
    """How PostgreSQL goes about the statements on consultations that a page of the list sends."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{URL}?{query}").status_code == 200
    statements = [each["sql"] for each in queries if "intake_consultation" in each["sql"]]
    with connection.cursor() as cursor:
        said = []
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            said.append("\n".join(line for (line,) in cursor.fetchall()))
    return said


PAGES = (
    ("", "consultation_latest"),
    ("p=3", "consultation_latest"),
    ("o=2", "consultation_latest"),
    ("o=4", "consultation_last_contact"),
    ("o=-4", "consultation_last_contact"),
    ("status=new", "status"),  # either index that begins with it
    ("status=new&o=4", "consultation_status_contact"),
    ("assignee=none", "consultation_by_assignee"),
    ("status=open&last_contact_to={old}", "consultation_open"),
    ("status=open&assignee=me&last_contact_to={old}", "consultation_open_by_assignee"),
    ("mail=unsent", "consultation_unsent"),
    ("mail=waiting", "consultation_unsent"),
    ("mail=undelivered", "consultation_undelivered"),
    ("next_action=overdue", "consultation_next_action"),
    ("next_action=later", "consultation_next_action"),
    ("received_from={old}&received_to={old}", "consultation_latest"),
    ("last_contact_to={old}", "consultation_last_contact"),
    ("q=C-12345-67894", "reference"),
    ("q=07", "consultation_grams"),
)


def test_every_page_is_read_by_its_index(client: Client) -> None:
    old = timezone.localdate(AT) - timedelta(days=60)
    found = {query: plans(client, query.format(old=old))[-1] for query, _ in PAGES}
    without = {query: found[query] for query, index in PAGES if index not in found[query]}
    assert without == {}
    assert not [query for query, plan in found.items() if "Seq Scan on intake_consultation" in plan]


def test_nothing_is_ever_counted_to_its_end(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        for query in ("", "status=open", "assignee=me", "mail=undelivered", "q=見本"):
            assert client.get(f"{URL}?{query}").status_code == 200
    counts = [each["sql"] for each in queries if "COUNT(" in each["sql"]]
    assert len(counts) == 5
    assert all(" LIMIT " in sql for sql in counts)
