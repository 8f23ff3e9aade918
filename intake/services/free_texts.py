"""2-1: what the screen finds in the free texts of one consultation. Nothing of it is stored or logged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from intake import screening
from intake.choices import FREE_TEXTS
from intake.rules.answers import PersonalPart
from intake.screening import Finding, Kind, rules_digest, warm_up

__all__ = [
    "FIELDS",
    "MASK",
    "Finding",
    "Findings",
    "Kind",
    "counted",
    "find",
    "find_in",
    "left",
    "masked",
    "rules_digest",
    "runs",
    "warm_up",
]

FIELDS = tuple(question.field for question in FREE_TEXTS)
MASK = "■■"  # of one length, so that it does not tell a name's
_LABEL = 100  # characters that an audit label holds

Findings = Mapping[str, list[Finding]]  # by field; only fields in which something was found


def find(personal: PersonalPart, *, company: str) -> Findings:
    """What looks personal in the three boxes; the asker's own `company` and name are no finding."""
    found = {
        field: find_in(getattr(personal, field), company=company, name=personal.contact_name)
        for field in FIELDS
    }
    return {field: findings for field, findings in found.items() if findings}


def counted(found: Findings, *, first: str = "", kept: int = 0) -> str:
    """How many findings of which kinds, and how many were `kept`, as an audit label: no text and no place in it.
    What the entry says `first` stands in front.

    A label has an end, and all ten kinds at once would pass it: those that do not fit are told as `more`.
    """
    kinds = sorted(Counter(finding.kind for findings in found.values() for finding in findings).items())
    told = [f"{kind}={count}" for kind, count in kinds]
    begin, end = [first] if first else [], [f"kept={kept}"] if kept else []
    while len(label := ", ".join([*begin, *told, *end])) > _LABEL:
        kinds.pop()
        more = sum(map(len, found.values())) - sum(count for _, count in kinds)
        told = [*(f"{kind}={count}" for kind, count in kinds), f"more={more}"]
    return label


def runs(text: str, findings: list[Finding]) -> list[tuple[str, Finding | None]]:
    """The text in pieces, each with its finding or between findings; they are in order and do not overlap, as
    `screen` gives them."""
    pieces: list[tuple[str, Finding | None]] = []
    end = 0
    for finding in findings:
        pieces += [(text[end : finding.start], None), (text[finding.start : finding.end], finding)]
        end = finding.end
    return [*pieces, (text[end:], None)]


def masked(text: str, findings: list[Finding]) -> str:
    """The text with `MASK` in place of each finding."""
    return "".join(MASK if finding else piece for piece, finding in runs(text, findings))


def left(findings: list[Finding], *, masked: list[Finding]) -> list[Finding]:
    """Those that were not `masked`, where they stand in the text after that."""
    shift, moved = 0, []
    for finding in findings:
        if finding in masked:
            shift += len(MASK) - (finding.end - finding.start)
        else:
            moved.append(replace(finding, start=finding.start + shift, end=finding.end + shift))
    return moved


def find_in(text: str, *, company: str, name: str = "") -> list[Finding]:
    """The same in one text. What was masked is nobody's name any more, even behind 「氏名：」."""
    findings = screening.screen(text, company=company, name=name)
    return [each for each in findings if text[each.start : each.end].replace(MASK, "").strip()]
