"""2-1: the list's filters — each value, its boundaries, links from other pages, and nonsense."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from intake.choices import Status
from intake.rules.progress import CLOSED
from intake.services.mail import DUE_FOR
from tests.intake.listing import AT, URL, ids, row, said
from tests.intake.staff import client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> User:
    return member("view_consultation", "triage")


@pytest.fixture
def client(me: User) -> Client:
    return client_of(me)


def test_open_are_those_that_are_not_closed(client: Client) -> None:
    rows = {status: row(status=status).id for status in Status}
    assert set(ids(client, "status=open")) == {rows[each] for each in Status if each not in CLOSED}


@pytest.mark.parametrize("status", Status)
def test_each_status_selects_its_own(client: Client, status: Status) -> None:
    rows = {each: row(status=each).id for each in Status}
    assert ids(client, f"status={status}") == [rows[status]]


def test_mine_nobodys_and_a_colleagues(client: Client, me: User) -> None:
    colleague, left = member("triage"), member("triage", is_active=False)
    mine, theirs, nobodys, leavers = (row(assignee=each) for each in (me, colleague, None, left))
    assert ids(client, "assignee=me") == [mine.id]
    assert ids(client, f"assignee={me.pk}") == [mine.id]
    assert ids(client, f"assignee={colleague.pk}") == [theirs.id]
    assert ids(client, "assignee=none") == [nobodys.id]
    assert ids(client, f"assignee={left.pk}") == [leavers.id]
    assert ids(client, "assignee=999999999") == []


def test_the_filter_offers_colleagues_who_may_be_assigned(client: Client) -> None:
    member("triage", last_name="受付", first_name="花子")
    member("view_consultation", last_name="閲覧", first_name="三郎")
    page = client.get(URL).content.decode()
    assert "受付 花子" in page
    assert "閲覧 三郎" not in page


def test_mail_that_was_not_sent_waits_for_fourteen_days_and_is_then_given_up(client: Client) -> None:
    now = timezone.now()
    last_minute = DUE_FOR - timedelta(minutes=1)
    waiting, given_up = row(at=now - last_minute), row(at=now - DUE_FOR - timedelta(minutes=1))
    row(at=now, acknowledged_at=now)
    row(at=now, mail_refused_at=now)
    assert ids(client, "mail=unsent") == [waiting.id, given_up.id]
    assert ids(client, "mail=waiting") == [waiting.id]
    assert ids(client, "mail=given_up") == [given_up.id]


def test_mail_that_did_not_arrive_was_refused_or_came_back(client: Client) -> None:
    refused, bounced = row(mail_refused_at=AT), row(acknowledged_at=AT, bounced_at=AT)
    row(acknowledged_at=AT)
    assert set(ids(client, "mail=undelivered")) == {refused.id, bounced.id}
    assert client.get(URL).content.decode().count('<strong class="flag">不達</strong>') == 2


def test_next_actions_are_due_overdue_or_later(client: Client) -> None:
    today = timezone.localdate()
    yesterday, now, tomorrow = (row(next_action_on=today + timedelta(days=n)).id for n in (-1, 0, 1))
    row()
    assert ids(client, "next_action=overdue") == [yesterday]
    assert ids(client, "next_action=due") == [yesterday, now]
    assert ids(client, "next_action=later") == [tomorrow]


def test_a_day_of_receipt_begins_and_ends_at_midnight_in_tokyo(client: Client) -> None:
    midnight = datetime(2026, 3, 9, 15, tzinfo=UTC)  # 10 March, 0:00 in Tokyo
    instant, day = timedelta(microseconds=1), timedelta(days=1)
    row(at=midnight - instant)
    first, last = row(at=midnight), row(at=midnight + day - instant)
    row(at=midnight + day)
    assert ids(client, "received_from=2026-03-10&received_to=2026-03-10") == [last.id, first.id]
    assert len(ids(client, "received_from=2026-03-10")) == 3
    assert len(ids(client, "received_to=2026-03-10")) == 3


def test_a_period_typed_the_wrong_way_round_is_turned(client: Client) -> None:
    days = [row(last_contact_on=date(2026, 3, day)).id for day in (9, 10, 11, 12)]
    assert ids(client, "last_contact_from=2026-03-11&last_contact_to=2026-03-10") == days[1:3]


def test_both_days_of_the_last_contact_are_included(client: Client) -> None:
    days = [row(last_contact_on=date(2026, 3, day)).id for day in (9, 10, 11, 12)]
    assert ids(client, "last_contact_from=2026-03-10&last_contact_to=2026-03-11") == days[1:3]
    assert ids(client, "last_contact_to=2026-03-10") == days[:2]
    assert ids(client, "last_contact_from=2026-03-11&last_contact_to=") == days[2:]


def test_filters_narrow_each_other(client: Client, me: User) -> None:
    quiet = row(assignee=me, last_contact_on=date(2026, 9, 23))
    row(assignee=me, last_contact_on=date(2026, 9, 24))
    row(assignee=me, last_contact_on=date(2026, 9, 1), status=Status.WON)
    row(last_contact_on=date(2026, 9, 1))
    assert ids(client, "status=open&assignee=me&last_contact_to=2026-09-23") == [quiet.id]
    assert ids(client, f"status=open&assignee=me&last_contact_to=2026-09-23&q={quiet.reference}") == [
        quiet.id
    ]


def test_a_typed_period_keeps_the_other_filters(client: Client) -> None:
    page = client.get(f"{URL}?status=open&q=試験&p=1&received_from=2026-01-01").content.decode()
    form = page.split('<form class="period"')[1].split("</form>")[0]
    assert '<input type="hidden" name="status" value="open">' in form
    assert '<input type="hidden" name="q" value="試験">' in form
    assert 'name="p"' not in form
    assert 'name="received_from" value="2026-01-01"' in form


@pytest.mark.parametrize(
    "query",
    [
        "status=nonsense",
        "status=",
        "status__exact=new",
        "assignee=0",
        "assignee=-1",
        "assignee=１",
        "assignee=99999999999999999999",
        "assignee=%00",
        "mail=sent",
        "next_action=2026-01-01",
        "received_from=2026-02-30",
        "received_from=0001-01-01",
        "received_to=9999-12-31",
        "received_from=20260101",
        "received_from=２０２６-01-01",
        "last_contact_to=yesterday",
        "last_contact_on__lte=2026-01-01",
        "company_name__regex=(a%2B)%2B$",
        "sealed__isnull=0",
        "technical__isnull=0",
        "assignee__password__startswith=md5",
        "e=1&status=nonsense",
        "_to_field=id",
        "_popup=1",
        "%00=%00",
        "%ED%A0%80=1",
    ],
)
def test_nonsense_gives_the_whole_list_and_says_so(client: Client, query: str) -> None:
    row()
    assert said(client, query) == [
        "アドレスに正しくない指定があったため、絞り込まずにすべての相談を表示しています。"
    ]
    answer = client.get(f"{URL}?{query}", follow=True)
    assert answer.redirect_chain[-1][0] == URL
