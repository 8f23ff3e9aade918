"""第10条: an edition holds from 00:00 Asia/Tokyo of its date, to the second, without a deploy."""

import hashlib
from datetime import date
from unittest import mock

import pytest
from django.test import Client

from policy import services
from tests.policy.conftest import Clock, Editions

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def three(editions: Editions) -> Editions:
    editions.add("2026-07-01", ("90日", "60日"))
    editions.add("2027-04-01", ("2年間", "3年間"))
    return editions


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026-06-30", "2026-01-02"),
        ("2026-07-01", "2026-07-01"),
        ("2026-07-02", "2026-07-01"),
        ("2027-03-31", "2026-07-01"),
        ("2027-04-01", "2027-04-01"),
        ("2028-02-29", "2027-04-01"),
    ],
)
def test_the_edition_changes_on_its_date(three: Editions, on: str, expected: str) -> None:
    assert services.in_force(date.fromisoformat(on)).effective_on.isoformat() == expected


def test_before_the_first_edition_none_is_in_force(three: Editions) -> None:
    with pytest.raises(services.NoEdition, match="2026-01-01"):
        services.in_force(date(2026, 1, 1))


def test_an_edition_is_found_by_its_exact_date_only(three: Editions) -> None:
    assert services.edition(date(2026, 7, 1)).effective_on == date(2026, 7, 1)
    with pytest.raises(services.NoEdition):
        services.edition(date(2026, 7, 2))


def test_announced_editions_come_nearest_first(three: Editions) -> None:
    days = [edition.effective_on.isoformat() for edition in services.announced(date(2026, 6, 30))]
    assert days == ["2026-07-01", "2027-04-01"]
    assert services.announced(date(2027, 4, 1)) == ()


def test_the_digest_is_that_of_the_file(three: Editions) -> None:
    raw = (three.folder / "2026-07-01" / "text.md").read_bytes()
    assert services.edition(date(2026, 7, 1)).digest == hashlib.sha256(raw).hexdigest()


def test_a_text_with_windows_line_ends_reads_the_same(editions: Editions) -> None:
    before = services.edition(date(2026, 1, 2))
    path = editions.folder / "2026-01-02" / "text.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    services.clear_cache()
    after = services.edition(date(2026, 1, 2))
    assert after.text == before.text
    assert after.digest != before.digest


@pytest.mark.parametrize(
    ("now", "days", "banner"),
    [
        ("2026-06-30 23:59:59", "90日", True),
        ("2026-07-01 00:00:00", "60日", False),
        ("2026-07-01 23:59:59", "60日", False),
        ("2026-07-02 00:00:00", "60日", False),
    ],
)
def test_the_page_turns_over_at_midnight_in_tokyo(
    editions: Editions, client: Client, clock: Clock, now: str, days: str, banner: bool
) -> None:
    editions.add("2026-07-01", ("90日", "60日"))
    clock.set(now)
    page = client.get("/privacy/").content.decode()
    assert f"終了後は{days}以内" in page
    assert ("2026年7月1日</time>からの版" in page) is banner


@pytest.mark.parametrize("page", ["", "2026-01-02/", "2026-01-05/", "history/", "requests/"])
def test_the_view_reads_the_clock_once_and_passes_it_down(client: Client, page: str) -> None:
    """Midnight between two readings would show one edition under the other's heading."""
    with mock.patch("policy.views.pages.timezone") as timezone:
        timezone.localdate.return_value = date(2026, 5, 1)
        client.get(f"/privacy/{page}")
    assert timezone.localdate.call_count == 1
