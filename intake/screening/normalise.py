"""2-1: one way of writing for matching, and the way back to the text as it was typed.

NFKC turns ㈱ into three characters and ｶﾞ into one, so every normalised character remembers its place.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.screening.words import pairs

# Width and dashes change one character for one; so do the variants of kanji that the dictionary does not know.
_ONE_TO_ONE: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"),  # noqa: RUF001
    **dict.fromkeys(map(ord, "’‘´"), "'"),  # noqa: RUF001
    **{ord(variant): usual for variant, usual in pairs("kanji_variants")},
}
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f" + _INVISIBLE
_UNUSUAL = re.compile(f"[{_INVISIBLE}\ud800-\udfff]")
# Bounded, because canonical reordering of a long run of marks is quadratic.
_CLUSTER = re.compile(f"(?:[\ud800-\udbff][\udc00-\udfff]|.)[{_MARKS}]{{0,30}}", re.DOTALL)
# What stays one character under NFKC, in a run that no combining mark follows.
_PLAIN = re.compile(f"[\n -~、。「」ぁ-ゔァ-ヴー・一-鿿]{{1,200}}(?![{_MARKS}])")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MODIFIERS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_JOINER = "\u200d"


@dataclass(frozen=True)
class Normalised:
    """The text for matching; `starts[i]` and `ends[i]` say where its i-th character was typed."""

    typed: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The passage as typed, widened so that it cuts no character that shows as one."""
        first, last = self.starts[start], self.ends[end - 1]
        while first > 0 and _joined(self.typed[first - 1], self.typed[first]):
            first -= 1
        while last < len(self.typed) and _joined(self.typed[last - 1], self.typed[last]):
            last += 1
        return first, last


def normalise(typed: str) -> Normalised:
    """Fold width, compatibility forms, dashes and variant kanji; drop what cannot be seen."""
    if not _UNUSUAL.search(typed):
        text = typed.translate(_ONE_TO_ONE)
        if unicodedata.is_normalized("NFKC", text):
            return Normalised(typed, text, range(len(text)), range(1, len(text) + 1))
    return _mapped(typed)


def _mapped(typed: str) -> Normalised:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offset = 0
    while offset < len(typed):
        if run := _PLAIN.match(typed, offset):
            chars.append(run[0].translate(_ONE_TO_ONE))
            starts.extend(range(offset, run.end()))
            ends.extend(range(offset + 1, run.end() + 1))
            offset = run.end()
            continue
        last = _end_of_cluster(typed, offset)
        folded = _folded(typed[offset:last])
        chars.append(folded)
        starts.extend([offset] * len(folded))
        ends.extend([last] * len(folded))
        offset = last
    return Normalised(typed, "".join(chars), starts, ends)


def _end_of_cluster(typed: str, offset: int) -> int:
    cluster = _CLUSTER.match(typed, offset)
    return cluster.end() if cluster else offset + 1


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    first = cluster[0]
    if _SURROGATE.search(cluster):
        cluster = _SURROGATE.sub(
            "\ufffd", cluster.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    # ①, ² and ½ number a line or a note: read as digits they would grow into the number beside them.
    if unicodedata.category(first) == "No":
        return " "
    cluster = _DROPPED.sub("", cluster).translate(_ONE_TO_ONE)
    return unicodedata.normalize("NFKC", cluster).translate(_ONE_TO_ONE)


def _joined(before: str, after: str) -> bool:
    return (
        after in (_JOINER, "\uff9e", "\uff9f")
        or before == _JOINER
        or after in _MODIFIERS
        or unicodedata.category(after).startswith("M")
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
    )
