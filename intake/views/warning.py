"""2-1: what the check page shows of free texts that look personal: where, why and how to mend it, never a block."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from intake.choices import FREE_TEXTS, Question
from intake.forms import HearingForm, words
from intake.services import free_texts
from intake.services.free_texts import Finding, Findings

TICK, CONFIRMED = "not_personal", "confirmed"  # the check page's tick; what every page carries of given ones
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LISTED = 20  # marks of a box that have a row and a button of their own; of more, all at once or by hand
_REMEMBERED = 30  # ticked texts that a page carries at most; a person ticks one to three


@dataclass(frozen=True)
class Mark:
    """One finding as the page shows it."""

    number: int
    key: str
    text: str
    finding: Finding

    @property
    def action(self) -> str:
        """What the button 「伏せ字にする」 asks for: a place, checked against what is found then."""
        return f"mask {self.key} {self.finding.start} {self.finding.end}"


@dataclass(frozen=True)
class Part:
    """A run of the text: marked, or between marks."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Box:
    """One free text with its marks; `masked` says how many of them were just replaced."""

    question: Question
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]
    masked: int

    @property
    def id(self) -> str:
        """What the summary links to."""
        return f"found_{self.question.key}"

    @property
    def listed(self) -> tuple[Mark, ...]:
        """The marks that have a row of their own."""
        return self.marks[:_LISTED]


@dataclass(frozen=True)
class Screened:
    """What the screen found in a valid form, and what the person has said of it already."""

    form: HearingForm
    posted: QueryDict

    @cached_property
    def findings(self) -> Findings:
        """What is found, as the services know it; screened once a request."""
        answers = self.form.answers()
        return free_texts.find(answers.personal, company=answers.company_name)

    @property
    def found(self) -> Mapping[str, list[Finding]]:
        """The same by key, in the form's order."""
        return {each.key: self.findings[each.field] for each in FREE_TEXTS if each.field in self.findings}

    @cached_property
    def confirmed(self) -> list[str]:
        """Keyed digests of the texts that were ticked, here or earlier: a tick stays with its text."""
        digests = [each for each in self.posted.getlist(CONFIRMED) if _DIGEST.fullmatch(each)]
        if self.posted.get(TICK) == "on" and self.form.is_valid():
            digests += map(self._digest, self.found)
        return list(dict.fromkeys(digests))[-_REMEMBERED:]

    @property
    def unconfirmed(self) -> list[str]:
        """The keys of the boxes with findings of which the person has not said that they are nobody's."""
        return [key for key in self.found if self._digest(key) not in self.confirmed]

    @property
    def confirmed_elsewhere(self) -> list[str]:
        """What stands beside the tick: the tick itself speaks for the texts that the page shows."""
        shown = set(map(self._digest, self.found))
        return [each for each in self.confirmed if each not in shown]

    def summary(self) -> list[str]:
        """How many findings of which kind have not been ticked yet, in the order of the texts."""
        unticked = Counter(finding.kind for key in self.unconfirmed for finding in self.found[key])
        return [
            f"{kind.label}のように見える箇所が{words.pieces(count)}あります"
            for kind, count in unticked.items()
        ]

    def boxes(self, masked: Mapping[str, int]) -> dict[str, Box]:
        """Every box with findings, or in which so many were just `masked`; marks are numbered through the page."""
        boxes: dict[str, Box] = {}
        for question in FREE_TEXTS:
            if question.key in self.found or question.key in masked:
                first = 1 + sum(len(box.marks) for box in boxes.values())
                boxes[question.key] = self._box(question, first, masked.get(question.key, 0))
        return boxes

    def masked(self, key: str, findings: list[Finding]) -> HearingForm:
        """The form with these findings of one text replaced, and everything else as it was typed."""
        data = self.posted.copy()
        data[key] = free_texts.masked(self._text(key), findings)
        return HearingForm(data)

    def _box(self, question: Question, first: int, masked: int) -> Box:
        text, key = self._text(question.key), question.key
        parts, marks, end = [], [], 0
        for number, finding in enumerate(self.found.get(key, []), first):
            marks.append(Mark(number, key, text[finding.start : finding.end], finding))
            parts += [Part(text[end : finding.start]), Part(marks[-1].text, marks[-1])]
            end = finding.end
        return Box(question, (*parts, Part(text[end:])), tuple(marks), masked)

    def _text(self, key: str) -> str:
        return str(self.form.cleaned_data[key])

    def _digest(self, key: str) -> str:
        return salted_hmac("intake.confirmed", self._text(key), algorithm="sha256").hexdigest()
