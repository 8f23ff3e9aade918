"""A folder of editions of our own, made from the shipped one, to plant faults in."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core.checks import CheckMessage
from pytest_django.fixtures import Settings

from policy import checks, services

SHIPPED = Path(services.__file__).parent / "editions"
FIRST = "2026-01-02"


class Editions:
    """The editions folder that the site reads during one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def change(self, file: str, *replacements: tuple[str, str], day: str = FIRST) -> None:
        """Replace words in an edition's file; each must stand there, or the test would plant nothing."""
        path = self.folder / day / file
        content = path.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in content, old
            content = content.replace(old, new)
        path.write_text(content, encoding="utf-8")
        services.clear_cache()

    def add(self, day: str, *replacements: tuple[str, str], file: str = "text.md") -> None:
        """Another edition like the first one, dated `day`, with `replacements` in one of its files."""
        shutil.copytree(self.folder / FIRST, self.folder / day)
        words = date.fromisoformat(day)
        self.change("facts.toml", (f"effective_on = {FIRST}", f"effective_on = {day}"), day=day)
        self.change("text.md", ("2026年1月2日", f"{words.year}年{words.month}月{words.day}日"), day=day)
        self.change(file, *replacements, day=day)

    def confirm(self, day: str = FIRST) -> None:
        """As the company does once it has approved text and facts."""
        self.change("facts.toml", ('status = "draft"', 'status = "confirmed"'), day=day)


@pytest.fixture
def editions(tmp_path: Path, settings: Settings) -> Iterator[Editions]:
    shutil.copytree(SHIPPED, tmp_path / "editions")
    settings.POLICY_EDITIONS_DIR = tmp_path / "editions"
    services.clear_cache()
    yield Editions(tmp_path / "editions")
    services.clear_cache()


def found() -> list[CheckMessage]:
    return checks.editions_are_sound(None)


def only(identity: str) -> CheckMessage:
    """The one finding, which has this id, a hint and no Japanese."""
    findings = found()
    assert [finding.id for finding in findings] == [identity], findings
    assert findings[0].hint
    assert findings[0].msg.isascii()
    return findings[0]


class Clock:
    """The wall clock of Asia/Tokyo as the views see it."""

    def __init__(self) -> None:
        self.set("2026-11-22 12:00:00")

    def set(self, words: str) -> None:
        self.now = datetime.fromisoformat(words).replace(tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    with mock.patch("django.utils.timezone.now", side_effect=lambda: clock.now):
        yield clock
