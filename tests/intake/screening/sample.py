"""Our own sample of texts, all invented, with what a reader would mark in them; and how a screen does on it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.screening import Finding, Kind

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Text:
    """One text and the passages that a reader would mark; none in a clean one."""

    text: str
    marks: tuple[tuple[int, int, Kind], ...]


@dataclass(frozen=True)
class Score:
    """How often a person was warned who should be, and who should not."""

    f1: float
    false_alarms: float
    recall: dict[Kind, float]
    errors: tuple[str, ...]


def read(pattern: str) -> list[Text]:
    """Every text of the files that match, one JSON object a line."""
    found = []
    for file in sorted(FOLDER.glob(pattern)):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            marks = tuple((start, end, Kind(kind)) for start, end, kind in row["marks"])
            found.append(Text(row["text"], marks))
    return found


def score(texts: Iterable[Text], screen: Callable[[str], Sequence[Finding]]) -> Score:
    """F1 of being warned, the share of clean texts that warn, and the share of marks that a finding touches."""
    right = wrong = missed = clean = 0
    touched: dict[Kind, list[bool]] = {}
    errors: list[str] = []
    for text in texts:
        findings = screen(text.text)
        right += bool(findings and text.marks)
        wrong += bool(findings and not text.marks)
        missed += bool(text.marks and not findings)
        clean += not text.marks
        if bool(findings) != bool(text.marks):
            errors.append(text.text)
        for start, end, kind in text.marks:
            hit = any(each.start < end and start < each.end and each.kind is kind for each in findings)
            touched.setdefault(kind, []).append(hit)
    recall = {kind: sum(hits) / len(hits) for kind, hits in touched.items()}
    return Score(2 * right / (2 * right + wrong + missed), wrong / clean, recall, tuple(errors))
