"""2-1: what the check page shows of a free text that looks personal: where, why and how to mend it."""

from dataclasses import dataclass
from itertools import count

from intake.choices import Question
from intake.services import free_texts
from intake.services.free_texts import Finding

_LISTED = 20  # words of a box that have a row and a button of their own; of more, all at once or by hand
_NUMBERED = 5  # marks of a word that its row names; of more, it says how many


@dataclass(frozen=True)
class Mark:
    """One finding as the page shows it."""

    number: int
    text: str
    finding: Finding


@dataclass(frozen=True)
class Word:
    """What is marked in a box, in one place or in several: one row, and one press for all of its places."""

    key: str
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return self.marks[0].text

    @property
    def reason(self) -> str:
        return "、".join(dict.fromkeys(mark.finding.reason for mark in self.marks))

    @property
    def places(self) -> str:
        """By which numbers it is marked: 「印2」, 「印2・5の2か所」."""
        named = "印" + "・".join(str(mark.number) for mark in self.marks[:_NUMBERED])
        match len(self.marks):
            case 1:
                return named
            case count if count <= _NUMBERED:
                return f"{named}の{count}か所"
            case count:
                return f"{named}など{count}か所"

    @property
    def action(self) -> str:
        """What the button 「伏せ字にする」 asks for: the first place, checked against what is found then."""
        first = self.marks[0].finding
        return f"mask {self.key} {first.start} {first.end}"


@dataclass(frozen=True)
class Part:
    """A run of the text: marked, or between marks."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Box:
    """One free text with its marks; `masked` says how many of them were just replaced, which the first says aloud."""

    question: Question
    parts: tuple[Part, ...]
    words: tuple[Word, ...]
    masked: int
    has_focus: bool

    @property
    def id(self) -> str:
        """What the summary links to."""
        return f"found_{self.question.key}"

    @property
    def marks(self) -> int:
        return sum(len(word.marks) for word in self.words)

    @property
    def listed(self) -> tuple[Word, ...]:
        """The words that have a row of their own."""
        return self.words[:_LISTED]


def box(question: Question, text: str, findings: list[Finding], *, masked: int, above: list[Box]) -> Box:
    """The text with its marks, which are numbered through all boxes of the page."""
    numbers = count(1 + sum(each.marks for each in above))
    parts = tuple(
        Part(piece, Mark(next(numbers), piece, finding) if finding else None)
        for piece, finding in free_texts.runs(text, findings)
    )
    by_word: dict[str, list[Mark]] = {}
    for mark in (part.mark for part in parts if part.mark):
        by_word.setdefault(mark.text, []).append(mark)
    words = tuple(Word(question.key, tuple(marks)) for marks in by_word.values())
    has_focus = bool(masked) and not any(each.masked for each in above)
    return Box(question, parts, words, masked, has_focus)
