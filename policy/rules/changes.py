"""第10条: what changed between two texts, by article, line and character, as plain values for a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Below this likeness two lines are one removed and one added, not one changed.
_ALIKE = 0.5
# Two changes this close read as one: single kept characters between them only confuse.
_ISLAND = 1
# The page's own list shows the bullet.
_BULLET = re.compile(r"^[-*+]\s+")


class Kind(StrEnum):
    """What became of a line or of a piece of it."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A run of characters of a line: the same in both texts, added or removed."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """One line (a paragraph or list item) that was added, removed or changed."""

    kind: Kind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ChangedSection:
    """The changes under one heading, in the order of the newer text."""

    heading: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Line:
    text: str
    heading: str


def compare(older: str, newer: str) -> tuple[ChangedSection, ...]:
    """The changes that lead from `older` to `newer`; none when they read the same."""
    before, after = _lines(older), _lines(newer)
    # autojunk treats frequent characters as noise in long texts: wrong for a policy.
    matcher = SequenceMatcher(
        None, [line.text for line in before], [line.text for line in after], autojunk=False
    )
    sections: dict[str, list[Change]] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            for heading, change in _block(before[i1:i2], after[j1:j2]):
                sections.setdefault(heading, []).append(change)
    return tuple(ChangedSection(heading, tuple(changes)) for heading, changes in sections.items())


def _lines(text: str) -> list[_Line]:
    """The lines that say something, each with the heading it stands under; a heading stands under itself."""
    lines, heading = [], ""
    for raw in text.split("\n"):
        words = raw.strip()
        if words.startswith("#"):
            words = heading = words.lstrip("# ")
        words = _BULLET.sub("", words)
        if words:
            lines.append(_Line(words, heading))
    return lines


def _block(before: list[_Line], after: list[_Line]) -> Iterator[tuple[str, Change]]:
    """The changes of one replaced block: like lines are paired in order, the rest went or came."""
    start = 0
    for new in after:
        match = _like(before, new, start)
        if match is None:
            yield new.heading, Change(Kind.ADDED, (Piece(Kind.ADDED, new.text),))
            continue
        yield from (_removal(old) for old in before[start:match])
        start = match + 1
        yield new.heading, Change(Kind.CHANGED, _pieces(before[match].text, new.text))
    yield from (_removal(old) for old in before[start:])


def _like(before: list[_Line], new: _Line, start: int) -> int | None:
    for index in range(start, len(before)):
        matcher = SequenceMatcher(None, before[index].text, new.text, autojunk=False)
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            return index
    return None


def _removal(old: _Line) -> tuple[str, Change]:
    return old.heading, Change(Kind.REMOVED, (Piece(Kind.REMOVED, old.text),))


def _pieces(older: str, newer: str) -> tuple[Piece, ...]:
    """What stayed, went and came inside one line: Japanese by character, numbers and Latin words whole."""
    before, after = _tokens(older), _tokens(newer)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal" and (not pieces or i2 == len(before) or len(come) > _ISLAND):
            pieces.append(Piece(Kind.SAME, come))
            continue
        _extend(pieces, gone, come)
    return tuple(piece for piece in pieces if piece.text)


def _extend(pieces: list[Piece], gone: str, come: str) -> None:
    """Add a change, joining it to the one before when nothing the same stands between them."""
    if len(pieces) >= 2 and pieces[-1].kind is Kind.ADDED:
        come, gone = pieces.pop().text + come, pieces.pop().text + gone
    # Removal and addition always come as a pair (either may be empty), so that joining stays simple.
    pieces += [Piece(Kind.REMOVED, gone), Piece(Kind.ADDED, come)]


def _tokens(line: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9,.@_-]+|\s+|.", line)
