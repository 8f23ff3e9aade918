"""Error pages: in Japanese, with whom to ask, without the database."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from casetra import views
from policy import services as policy
from tests.intake.staff import VIEWER, client_of, member

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.casetra.urls"
    return Client(raise_request_exception=False)


def shows(response: "_MonkeyPatchedWSGIResponse", status: int, heading: str) -> None:
    page = response.content.decode()
    assert response.status_code == status
    assert '<html lang="ja">' in page
    assert f"<h1>{heading}</h1>" in page
    assert policy.editions()[0].facts.controller.email in page  # whom to ask


def test_an_unknown_host_is_a_bad_request(visitor: Client) -> None:
    response = visitor.get("/", headers={"host": "evil.example"})
    shows(response, 400, "リクエストを受け付けられませんでした")


def test_a_forbidden_page_says_so(visitor: Client) -> None:
    shows(visitor.get("/forbidden/"), 403, "このページは表示できません")


@pytest.mark.parametrize("path", ["/consultation/", "/admin/login/"])
def test_a_post_without_its_token_says_that_nothing_was_stored(path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path, {"email": "alice@example.com", "action": "submit"})
    shows(response, 403, "送信を確認できませんでした")
    assert "内容は保存されていません" in response.content.decode()
    assert "no-store" not in response.headers.get("Cache-Control", "")  # Back must show the typed answers


@pytest.mark.parametrize("path", ["/nowhere/", "/privacy/2020-01-01/", "/privacy/2026-02-30/", "/%00"])
def test_an_address_that_is_none_is_not_found(visitor: Client, path: str) -> None:
    shows(visitor.get(path), 404, "ページが見つかりません")


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/admin/auth/user/", 403, "このページは表示できません"),
        ("/admin/nowhere/", 404, "ページが見つかりません"),
        ("/admin/safeguards/staff/999/change/", 404, "ページが見つかりません"),
    ],
)
def test_staff_are_refused_within_their_own_frame(path: str, status: int, heading: str) -> None:
    answer = client_of(member(*VIEWER, "open_envelope")).get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert '<a href="/admin/">「今日の対応」へ</a>' in page
    assert 'id="menu"' in page
    assert "ログイン" not in page


@pytest.mark.django_db(databases="__all__")
def test_outside_their_admin_staff_are_the_public() -> None:
    shows(client_of(member()).get("/nowhere/"), 404, "ページが見つかりません")


def test_a_fault_of_ours_is_admitted(visitor: Client) -> None:
    response = visitor.get("/fail/")
    shows(response, 500, "サーバーで問題が起きました")
    assert inquiry_number(response) == response.headers["X-Request-Id"][:8]


def test_a_lost_database_asks_to_come_back(visitor: Client) -> None:
    response = visitor.get("/away/")
    shows(response, 503, "ただいま一時的にご利用いただけません")
    assert response.headers["Retry-After"] == "120"
    assert inquiry_number(response) == response.headers["X-Request-Id"][:8]


def test_a_page_outside_any_request_shows_no_empty_number(rf: RequestFactory) -> None:
    page = views.server_error(rf.get("/")).content.decode()
    assert "サーバーで問題が起きました" in page
    assert "お問い合わせ番号" not in page


def inquiry_number(response: "_MonkeyPatchedWSGIResponse") -> str:
    (number,) = re.findall(r"お問い合わせ番号：<strong>(\w+)</strong>", response.content.decode())
    return str(number)
