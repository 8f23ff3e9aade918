"""2-1: the list of consultations — what it shows, in which order, for whom, and at what cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.admin.consultations import ConsultationList
from intake.choices import Status
from intake.models import Consultation
from safeguards.models import AuditEntry
from tests.intake import desk
from tests.intake.listing import AT, URL, ids, row, said
from tests.intake.staff import client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer() -> Client:
    return client_of(member("view_consultation"))


def test_it_shows_what_there_is_to_do_and_no_personal_data(viewer: Client) -> None:
    today = timezone.localdate()
    assignee = member("triage", last_name="受付", first_name="花子")
    late = today - timedelta(days=1)
    consultation = row(assignee=assignee, status=Status.MEETING_SET, next_action_on=late)
    page = viewer.get(URL).content.decode()
    for shown in (
        consultation.reference,
        "試験商事",
        "2026/11/02 12:00",
        "面談予定",
        "2026/11/02",
        f"{late:%Y/%m/%d}",
        "期限切れ",
        "受付 花子",
        "未送信",
    ):
        assert shown in page
    assert "試験 太郎" not in page
    assert desk.ADDRESS not in page


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_a_next_action_is_overdue_from_the_day_after(viewer: Client, days: int, overdue: bool) -> None:
    row(next_action_on=timezone.localdate() + timedelta(days=days))
    assert ("期限切れ" in viewer.get(URL).content.decode()) is overdue


def test_an_account_without_a_full_name_is_shown_by_its_own(viewer: Client) -> None:
    row(assignee=User.objects.create_user("uketsuke-1"))
    assert "uketsuke-1" in viewer.get(URL).content.decode()


def test_it_opens_no_envelope_and_writes_nothing(viewer: Client) -> None:
    row()
    entries = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        viewer.get(URL)
    about = [query["sql"] for query in queries if "intake_consultation" in query["sql"]]
    assert about
    assert not any('"sealed"' in sql or '"technical"' in sql for sql in about)
    assert not any("safeguards_recordkey" in query["sql"] for query in queries)
    assert AuditEntry.objects.count() == entries
    assert not LogEntry.objects.exists()


def test_it_costs_the_same_queries_however_many_it_shows(viewer: Client) -> None:
    row(assignee=member("triage"))
    with CaptureQueriesContext(connection) as one:
        viewer.get(URL)
    for _ in range(10):
        row(assignee=member("triage"))
    with CaptureQueriesContext(connection) as many:
        viewer.get(URL)
    assert len(many) == len(one)


def test_it_is_for_those_who_may_view_it() -> None:
    assert client_of(member()).get(URL).status_code == 403
    assert client_of(member("triage")).get(URL).status_code == 403
    assert Client().get(URL).status_code == 302


def test_nothing_is_deleted_from_it(admin_client: Client) -> None:
    consultation = row()
    admin_client.post(
        URL, {"action": "delete_selected", "_selected_action": str(consultation.pk), "post": "yes"}
    )
    assert Consultation.objects.exists()


def test_the_newest_stand_first(viewer: Client) -> None:
    older, newer = row(at=AT - timedelta(seconds=1)), row()
    assert ids(viewer) == [newer.id, older.id]


def test_those_with_a_next_action_stand_by_its_day_the_most_overdue_first(viewer: Client) -> None:
    today = timezone.localdate()
    two = row(next_action_on=today - timedelta(days=2))
    nine = row(next_action_on=today - timedelta(days=9))
    row()
    assert ids(viewer, "next_action=due") == [nine.id, two.id]


def test_those_by_last_contact_stand_by_its_day_the_oldest_first(viewer: Client) -> None:
    second, first = row(last_contact_on=date(2026, 3, 2)), row(last_contact_on=date(2026, 3, 1))
    assert ids(viewer, "last_contact_to=2026-12-31") == [first.id, second.id]


def test_it_is_sorted_by_columns_with_an_index_and_by_no_other(viewer: Client) -> None:
    early = row(at=datetime(2026, 2, 1, tzinfo=UTC), company_name="あ", last_contact_on=date(2026, 5, 1))
    late = row(at=datetime(2026, 3, 1, tzinfo=UTC), company_name="い", last_contact_on=date(2026, 4, 1))
    assert ids(viewer, "o=2") == [early.id, late.id]
    assert ids(viewer, "o=4") == [late.id, early.id]
    for other in ("0", "1", "3", "5", "6", "7"):  # fall back to the newest first
        assert ids(viewer, f"o={other}") == ids(viewer, f"o=-{other}") == [late.id, early.id]


@pytest.mark.parametrize("page", ["0", "-1", "3", "999999999999999999999"])
def test_a_page_that_is_not_there_gives_the_list_with_a_message(
    viewer: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(ConsultationList, "list_per_page", 1)
    row(), row()
    assert len(said(viewer, f"p={page}")) == 1
    assert said(viewer, "p=2") == []
