"""「今日の対応」: who sees which line, and that every number is the length of the list that it leads to."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casetra.admin import today
from intake.choices import Review, Status
from intake.services.mail import DUE_FOR
from retention.services import holds
from safeguards.services import audit
from safeguards.services.staff import Role
from tests.intake.listing import ids, row
from tests.intake.staff import member
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.held import held
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

HOME = "/admin/"
DAY = timedelta(days=1)
_LINE = re.compile(
    r'<a href="([^"]+)"><span class="home-line__label">([^<]+)</span> <span class="home-line__count">([\d,]+)件'
)


def as_role(role: Role) -> tuple[Client, User]:
    user = User.objects.create_user(role.name, is_staff=True)
    user.groups.add(Group.objects.get(name=role.value))
    return sign_in(Client(), user), user


def body(client: Client, path: str = HOME) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(page: str) -> list[tuple[str, str, int]]:
    """(label, address, number) of every line that counts something."""
    return [
        (label, unescape(url), int(number.replace(",", ""))) for url, label, number in _LINE.findall(page)
    ]


def one_of_each(user: User) -> None:
    """Something in every line, and beside it what must not be counted."""
    now = timezone.now()
    on = timezone.localdate(now)
    done = {"acknowledged_at": now}
    row(at=now)
    row(at=now, status=Status.IN_PROGRESS, assignee=user, next_action_on=on, **done)
    row(at=now, status=Status.IN_PROGRESS, assignee=user, next_action_on=on + DAY, **done)
    row(at=now, status=Status.IN_PROGRESS, next_action_on=on - DAY, **done)
    row(at=now, status=Status.MET, last_contact_on=on - 14 * DAY, **done)
    row(at=now - DUE_FOR - DAY)
    row(at=now, status=Status.MET, bounced_at=now, **done)
    row(at=now, status=Status.WON, last_contact_on=on - 700 * DAY, **done)
    row(at=now, status=Status.WON, last_contact_on=on - 740 * DAY, **done)
    row(at=now, status=Status.WON, review=Review.DUE, flagged_at=now, **done)
    row(at=now, status=Status.WON, review=Review.DUE, flagged_at=now - 4 * DAY, **done)
    row(at=now, status=Status.WON, review=Review.RELEASED, flagged_at=now - 4 * DAY, **done)
    for days in (-1, 0):  # past its review day; and on the very day
        one = row(at=now, status=Status.WON, **done)
        held(one.id, by=user, review_on=on + days * DAY, at=now - 30 * DAY)


def listed(client: Client, url: str) -> int:
    """How many rows the list at this address shows."""
    if url.startswith("/admin/intake/consultation/"):
        return len(ids(client, url.partition("?")[2]))
    return len(re.findall(r'<th class="field-', body(client, url)))


@pytest.mark.parametrize("role", Role)
def test_every_number_is_the_length_of_the_list_behind_it(role: Role) -> None:
    client, user = as_role(role)
    one_of_each(user)
    found = lines(body(client))
    assert len(found) == {Role.VIEWER: 10, Role.RECEPTION: 12, Role.PRIVACY_OFFICER: 13}[role]
    for label, url, number in found:
        assert listed(client, url) == number, label


def test_who_may_only_look_has_no_lines_of_their_own() -> None:
    client, user = as_role(Role.VIEWER)
    one_of_each(user)
    page = body(client)
    assert "あなた" not in page
    assert "担当者の決まっていない、新しい相談" in page


def test_who_may_only_look_is_told_the_numbers_and_not_what_to_do() -> None:
    client, user = as_role(Role.VIEWER)
    one_of_each(user)
    page = body(client)
    assert "ください" not in page
    assert "home-line--presses" not in page


def test_texts_to_look_at_press_those_alone_who_may_look_when_they_have_waited_long() -> None:
    row(
        review=Review.DUE,
        flagged_at=timezone.now() - 4 * DAY,
        status=Status.WON,
        acknowledged_at=timezone.now(),
    )
    for role in Role:
        page = body(as_role(role)[0])
        assert ("自由記載が3日以上、要確認のままの相談", 1) in [(label, n) for label, _, n in lines(page)]
        may = role is Role.PRIVACY_OFFICER
        assert ("伏せ字にするか" in page, "持ち続けているかもしれません" in page) == (may, may)
        texts = page.split("自由記載（2-1）")[1].split("</section>")[0]
        assert ("home-line--presses" in texts) is may


def test_holds_past_their_review_press_the_privacy_officer_alone_until_somebody_has_looked() -> None:
    client, user = as_role(Role.PRIVACY_OFFICER)
    now, label = timezone.now(), "見直し日を過ぎた消去の保留"
    legal = held(row(status=Status.WON).id, by=user, review_on=timezone.localdate() - DAY, at=now - 9 * DAY)
    assert (label, 1) in [(label, number) for label, _, number in lines(body(client))]
    assert label not in body(as_role(Role.RECEPTION)[0])
    holds.prolong(legal.hold_id, review_on=timezone.localdate() + DAY, by=user, at=now)
    assert label not in [label for label, _, _ in lines(body(client))]
    assert label in body(client)


def test_who_may_not_see_consultations_sees_none_of_it() -> None:
    row()
    page = body(sign_in(Client(), member()))
    assert "相談" not in page
    assert "表示できる一覧がありません" in page


def test_lines_without_anything_are_quiet_and_lead_nowhere() -> None:
    client, _ = as_role(Role.RECEPTION)
    page = body(client)
    assert lines(page) == []
    assert page.count("home-line--none") == 12
    assert "営業日以内にご連絡" not in page


def test_a_number_beyond_the_limit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.services.today.LIMIT", 2)
    client, _ = as_role(Role.RECEPTION)
    for _each in range(3):
        row(at=timezone.now())
    assert '<span class="home-line__count">2件以上</span>' in body(client)


def test_a_shorter_promise_of_an_older_edition_has_lines_of_its_own(editions: Editions) -> None:
    client, _ = as_role(Role.RECEPTION)
    on = timezone.localdate()
    new = on - 30 * DAY
    editions.add(new.isoformat(), ("years = 2", "years = 3"), file="facts.toml")
    two_years_ago = on - 700 * DAY
    row(last_contact_on=two_years_ago, policy_edition=date(2026, 1, 2))
    row(last_contact_on=two_years_ago, policy_edition=new)
    ending = [line for line in lines(body(client)) if "保存期間が終わる" in line[0]]
    ((label, url, number),) = ending
    assert "2026年1月2日の版に同意した方" in label
    assert number == len(ids(client, url.partition("?")[2])) == 1


def test_editions_that_cannot_be_read_take_their_lines_away_and_nothing_else(editions: Editions) -> None:
    client, _ = as_role(Role.RECEPTION)
    row(at=timezone.now())
    editions.change("facts.toml", ("years = 2", "years = many"))
    page = body(client)
    assert "保存期間の終わった" not in page
    assert "担当者の決まっていない" in page


def test_a_superuser_in_daily_use_is_named() -> None:
    client, _ = as_role(Role.PRIVACY_OFFICER)
    superuser = User.objects.create_superuser("setup")
    for days in range(3):
        at = timezone.now() - days * DAY
        audit.record(audit.Event.STAFF_SIGNED_IN, actor=superuser, at=at)
        assert ("「setup」が日々使われています" in body(client)) is (days == 2)


def test_the_menu_holds_what_the_account_may_open_and_marks_where_one_is() -> None:
    viewer, _ = as_role(Role.VIEWER)
    menu = re.findall(r'<li><a href="([^"]+)"( aria-current="\w+")?>([^<]+)</a></li>', body(viewer))
    here = ' aria-current="page"'
    assert menu[:3] == [
        (HOME, here, "今日の対応"),
        ("/admin/intake/consultation/", "", "無料相談"),
        ("/admin/intake/consultation/statistics/", "", "統計"),
    ]
    officer, _ = as_role(Role.PRIVACY_OFFICER)
    assert ">監査記録</a>" in body(officer)
    assert "監査記録" not in body(viewer)
    page = body(viewer, "/admin/intake/consultation/statistics/")
    assert page.count("aria-current") == 2  # the menu's, and the period's
    assert f'statistics/"{here}' in page


def test_home_costs_the_same_queries_whatever_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = member("view_consultation", "triage")
    user.get_all_permissions()  # asked for once a request
    for _ in range(2):
        with django_assert_num_queries(12):  # one a line
            today.groups(user, at=timezone.now(), pulse=None)
        one_of_each(user)


def test_no_object_has_a_public_page_to_be_led_to() -> None:
    client, _ = as_role(Role.RECEPTION)
    assert client.get("/admin/r/1/2/").status_code == 404


def test_the_page_of_one_app_leads_home() -> None:
    client, _ = as_role(Role.VIEWER)
    answer = client.get("/admin/intake/")
    assert (answer.status_code, answer.headers["Location"]) == (302, HOME)
