"""/privacy/history/: every edition, and what changed between any two."""

import re

import pytest
from django.test import Client

from policy import services
from tests.policy.conftest import Editions

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def three(editions: Editions) -> Editions:
    editions.add("2026-07-01", ("90日", "60日"))
    editions.add("2027-04-01", ("90日", "30日"))
    return editions


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/privacy/history/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_editions_stand_newest_first_with_date_digest_and_link(client: Client, three: Editions) -> None:
    html = page(client)
    assert re.findall(r'<th scope="row"><a href="/privacy/([0-9-]+)/">', html) == [
        "2027-04-01",
        "2026-07-01",
        "2026-01-02",
    ]
    for edition in services.editions():
        assert f"<code>{edition.digest[:12]}</code>" in html
        assert edition.digest not in html
    assert [html.count(f"<td>{word}</td>") for word in ("予告", "いまの版", "過去の版")] == [1, 1, 1]


def test_each_edition_is_compared_with_the_one_before(client: Client, three: Editions) -> None:
    html = page(client)
    assert "<del>90</del><ins>60</ins>" in html
    assert "<del>60</del><ins>30</ins>" in html
    assert "最初の版です" in html


def test_a_single_edition_has_nothing_to_compare(client: Client, editions: Editions) -> None:
    html = page(client)
    assert "最初の版です" in html
    assert "<form" not in html


@pytest.mark.parametrize("query", ["?from=2026-01-02&to=2027-04-01", "?from=2027-04-01&to=2026-01-02"])
def test_any_two_editions_compare_from_the_older_to_the_newer(
    client: Client, three: Editions, query: str
) -> None:
    html = page(client, query)
    assert "2026年1月2日の版から2027年4月1日の版への変更点" in html
    assert "<del>90</del><ins>30</ins>" in html


def test_editions_with_the_same_text_say_so(client: Client, editions: Editions) -> None:
    editions.add("2026-07-01")
    editions.change("text.md", ("2026年7月1日", "2026年1月2日"), day="2026-07-01")
    assert "文章に違いはありません" in page(client, "?from=2026-01-02&to=2026-07-01")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?from=2026-01-02", "表にある版の中から選んでください"),
        ("?from=2026-01-02&to=", "表にある版の中から選んでください"),
        ("?from=2026-01-02&to=2026-01-03", "表にある版の中から選んでください"),
        ("?from=x%00&to=%3Cscript%3E", "表にある版の中から選んでください"),
        ("?from=2026-01-02&to=2026-01-02", "別の版を選んでください"),
    ],
)
def test_a_choice_that_will_not_do_gets_a_kind_message(
    client: Client, three: Editions, query: str, message: str
) -> None:
    html = page(client, query)
    assert "<title>エラー：" in html
    assert '<div class="error-summary"' in html
    assert 'href="#id_to"' in html
    assert re.search(rf'<p class="field__error" id="id_to_error">[^<]*{message}', html)
    assert "への変更点" not in html
    assert "<script>" not in html


def test_words_of_the_policy_are_escaped_in_the_changes(client: Client, editions: Editions) -> None:
    editions.add("2026-07-01", ("90日以内", "<b>60日</b>以内"))
    html = page(client)
    assert "<b>" not in html
    assert "&lt;b&gt;60" in html
