"""第10条: the editions in POLICY_EDITIONS_DIR; every other app reads the policy through here."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from policy.rules import changes as _changes
from policy.rules import editions as _editions
from policy.rules.changes import ChangedSection
from policy.rules.editions import Edition, NoEdition, Standing
from policy.rules.facts import Facts, FormField, RequestKind
from policy.rules.reading import FactsMalformed, parse

__all__ = [
    "ChangedSection",
    "Edition",
    "EditionsUnreadable",
    "Facts",
    "FormField",
    "NoEdition",
    "RequestKind",
    "Standing",
    "Survey",
    "announced",
    "changes",
    "clear_cache",
    "edition",
    "editions",
    "in_force",
    "standing",
    "survey",
]


class EditionsUnreadable(Exception):
    """An edition cannot be read; the start-up check policy.E001 says the same."""


@dataclass(frozen=True)
class Survey:
    """What the editions folder holds: the editions that can be read, oldest first, and what cannot."""

    editions: tuple[Edition, ...]
    faults: tuple[str, ...]


def survey() -> Survey:
    """Read the editions folder, once a process."""
    return _survey(Path(settings.POLICY_EDITIONS_DIR))


def clear_cache() -> None:
    """Forget what was read, for tests that change an edition's files."""
    _survey.cache_clear()
    changes.cache_clear()


def editions() -> tuple[Edition, ...]:
    """Every edition, oldest first. EditionsUnreadable when one is broken: half a history misleads."""
    found = survey()
    if found.faults:
        raise EditionsUnreadable("; ".join(found.faults))
    return found.editions


def in_force(on: date) -> Edition:
    """The edition in force on an Asia/Tokyo date, from 00:00 of its own (第10条); else NoEdition."""
    return _editions.in_force(editions(), on)


def edition(effective_on: date) -> Edition:
    """The edition that came or comes into force on exactly this date; else NoEdition."""
    for each in editions():
        if each.effective_on == effective_on:
            return each
    raise NoEdition(f"no policy edition is dated {effective_on.isoformat()}")


def announced(on: date) -> tuple[Edition, ...]:
    """Editions that come into force after `on`, the nearest first."""
    return _editions.announced(editions(), on)


def standing(edition: Edition, on: date) -> Standing:
    """Whether the edition is past, in force or announced on `on`."""
    return _editions.standing(edition, editions(), on)


@lru_cache(maxsize=256)
def changes(older: Edition, newer: Edition) -> tuple[ChangedSection, ...]:
    """What changed from one edition's text to the other's, by article."""
    return _changes.compare(older.text, newer.text)


@cache
def _survey(directory: Path) -> Survey:
    found: list[Edition] = []
    faults: list[str] = []
    try:
        # Files (a README) and hidden folders (a mounted volume's `..data`) are nobody's edition.
        folders = sorted(
            path for path in directory.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
    except OSError as error:
        return Survey((), (f"the editions folder cannot be read: {error.strerror}",))
    for folder in folders:
        try:
            found.append(_read(folder))
        except FactsMalformed as error:
            faults += [f"{folder.name!a}: facts.toml: {finding}" for finding in error.findings]
        except (OSError, ValueError) as error:
            faults.append(f"{folder.name!a}: {_reason(error)}")
    return Survey(tuple(sorted(found, key=lambda edition: edition.effective_on)), tuple(faults))


def _read(folder: Path) -> Edition:
    day = date.fromisoformat(folder.name)
    if day.isoformat() != folder.name:  # 20260102 parses too, and no address would lead there
        raise ValueError
    facts = parse((folder / "facts.toml").read_text(encoding="utf-8"))
    raw = (folder / "text.md").read_bytes()
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    return Edition(effective_on=day, facts=facts, text=text, digest=hashlib.sha256(raw).hexdigest())


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"{Path(str(error.filename)).name} cannot be read: {error.strerror}"
    if isinstance(error, UnicodeDecodeError):
        return "its files must be UTF-8"
    return "the folder's name must be the effective date, as 2026-01-02"
