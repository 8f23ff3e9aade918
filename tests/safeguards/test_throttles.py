"""第6条: tries are limited by account and address, and the owner is never shut out of a browser that is known."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from safeguards.models import AuditEntry, Factor, RateCount
from safeguards.services import factors, throttles
from tests.safeguards.clock import Clock
from tests.safeguards.clock import clock as clock
from tests.staff import PASSWORD, code, enrol

pytestmark = pytest.mark.django_db(databases="__all__")

SIGN_IN, CODE = "/admin/login/", "/admin/login/code/"
OFFICE = "203.0.113.5"


@pytest.fixture
def account(clock: Clock) -> User:
    return User.objects.create_user("hanako", password=PASSWORD, is_staff=True)


@pytest.fixture
def secret(account: User) -> str:
    return enrol(account)


def give_password(
    client: Client, password: str = PASSWORD, *, username: str = "hanako", address: str = OFFICE
) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password}, REMOTE_ADDR=address)


def hammer(times: int, *, username: str = "hanako", address: str = OFFICE) -> list[int]:
    return [
        give_password(Client(), "wrong", username=username, address=address).status_code for _ in range(times)
    ]


def failures() -> list[str]:
    entries = AuditEntry.objects.filter(event="staff.sign_in_failed").order_by("id")
    return list(entries.values_list("label", flat=True))


def test_ten_tries_a_quarter_of_an_hour_from_one_address_and_then_a_polite_page(
    client: Client, account: User, clock: Clock
) -> None:
    assert hammer(10) == [200] * 10
    answer = give_password(client)  # the right one, too
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "895"  # the clock stands at 5 seconds past
    assert "10時15分を過ぎてから" in answer.content.decode()
    clock.forward(minutes=14, seconds=54)
    assert give_password(client).status_code == 429
    clock.forward(seconds=1)
    assert give_password(client).status_code == 302


def test_the_first_refusal_leaves_an_entry_and_a_thousand_more_do_not(account: User) -> None:
    hammer(15)
    label = f"user {account.pk}"
    assert failures() == [f"{label}, password"] * 10 + [f"{label}, throttled"]


def test_an_unknown_name_is_throttled_just_so(account: User) -> None:
    assert hammer(11, username="nobody") == [200] * 10 + [429]
    assert failures() == ["password"] * 10 + ["throttled"]


def test_the_name_counts_however_it_is_written(account: User) -> None:
    hammer(10, username="HANAKO")
    assert hammer(1, username="ｈａｎａｋｏ") == [429]


def test_one_address_tries_a_hundred_passwords_an_hour_whosever(account: User, clock: Clock) -> None:
    statuses = [hammer(1, username=f"name{number}")[0] for number in range(101)]
    assert statuses == [200] * 100 + [429]
    clock.forward(minutes=59, seconds=54)
    assert hammer(1, username="another") == [429]
    clock.forward(seconds=1)
    assert hammer(1, username="another") == [200]


def test_hammering_from_one_address_does_not_reach_the_owner_at_another(
    client: Client, account: User, secret: str
) -> None:
    hammer(150, address="198.51.100.7")
    assert give_password(client).status_code == 302


def test_a_refused_address_uses_up_no_more_of_the_account(client: Client, account: User) -> None:
    for address in range(9):
        hammer(15, address=f"198.51.100.{address}")  # ten of each count
    assert hammer(10, address="192.0.2.1") == [200] * 10
    assert hammer(1, address="192.0.2.2") == [429]  # the account's hundred are used up for strangers


def test_a_browser_in_which_the_owner_signed_in_is_never_shut_out_by_others(
    client: Client, account: User, secret: str, clock: Clock
) -> None:
    give_password(client)
    assert client.post(CODE, {"code": code(secret)}).cookies["browser"]["httponly"]
    client.post("/admin/logout/")
    for address in range(11):
        hammer(10, address=f"198.51.100.{address}")
    hammer(20)  # from the office's own address as well
    assert give_password(Client()).status_code == 429
    assert give_password(client).status_code == 302
    clock.forward(seconds=30)
    assert client.post(CODE, {"code": code(secret)}).headers["Location"] == "/admin/"


def test_whoever_has_the_password_and_tries_codes_does_not_shut_out_a_known_browser(
    client: Client, account: User, secret: str
) -> None:
    client.cookies["browser"] = throttles.browser_mark(account, Factor.objects.get().id)
    thief = Client()
    for browser in (thief, client):
        give_password(browser)
    assert [thief.post(CODE, {"code": "000000"}).status_code for _ in range(6)][-1] == 429
    assert client.post(CODE, {"code": code(secret)}).headers["Location"] == "/admin/"


def test_the_browsers_own_count_ends_too(client: Client, account: User, secret: str) -> None:
    client.cookies["browser"] = throttles.browser_mark(account, Factor.objects.get().id)
    statuses = [give_password(client, "wrong").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_a_mark_is_worth_nothing_for_another_account_after_a_reset_forged_or_too_old(
    account: User, secret: str, clock: Clock
) -> None:
    mark = throttles.browser_mark(account, Factor.objects.get().id)
    other = User.objects.create_user("taro", password=PASSWORD, is_staff=True)
    enrol(other)
    assert throttles.knows(mark, account)
    assert not throttles.knows(mark, other)
    for forged in ("", "x", mark[:-1], mark.replace(f"{account.pk}.", f"{other.pk}.", 1)):
        assert not throttles.knows(forged, account)
        assert not throttles.knows(forged, other)
    factors.reset(account, by=None, at=clock.now)
    assert not throttles.knows(mark, account)


def test_a_mark_opens_nothing_by_itself(client: Client, account: User, secret: str) -> None:
    client.cookies["browser"] = throttles.browser_mark(account, Factor.objects.get().id)
    assert client.get("/admin/").status_code == 302
    assert give_password(client, "wrong").status_code == 200
    assert give_password(client).headers["Location"] == CODE


def test_five_codes_a_quarter_of_an_hour_whatever_the_address(
    client: Client, account: User, secret: str, clock: Clock
) -> None:
    give_password(client)
    statuses = [
        client.post(CODE, {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{number}").status_code
        for number in range(6)
    ]
    assert statuses == [200] * 5 + [429]
    assert client.post(CODE, {"code": code(secret)}).status_code == 429
    assert failures() == [f"user {account.pk}, code"] * 5 + [f"user {account.pk}, throttled"]
    clock.forward(minutes=15)
    assert client.post(CODE, {"code": code(secret)}).status_code == 302


def test_behind_a_proxy_the_clients_address_counts(account: User, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    form = {"username": "hanako", "password": "wrong"}
    for _ in range(10):
        Client().post(SIGN_IN, form, headers={"x-forwarded-for": "198.51.100.7"})
    refused = Client().post(SIGN_IN, form, headers={"x-forwarded-for": "198.51.100.7"})
    other = Client().post(SIGN_IN, form, headers={"x-forwarded-for": "198.51.100.8"})
    assert (refused.status_code, other.status_code) == (429, 200)


def test_neither_name_nor_address_is_stored(account: User) -> None:
    hammer(2, username="qzmarkzq")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_json(counted)::text FROM safeguards_ratecount counted")
        text = str(cursor.fetchall())
    assert RateCount.objects.count() == 3
    for clear in ("qzmarkzq", OFFICE):
        assert clear not in text
        assert clear.encode().hex() not in text
