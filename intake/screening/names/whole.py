"""2-1: a name with its other half: 「やまだ|たろう」「山田 |花子」, where a rule saw one of the two."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, Tag, lexicon
from intake.screening.names import shapes
from intake.screening.names.context import FORMER, addressed, at, is_phrase_of_words
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST = 5  # characters of one half
_WRITTEN = re.compile(
    rf" ?(?:(?P<kanji>[{shapes.KANJI}]{{1,4}})|(?P<hiragana>[ぁ-ゔー]{{2,8}})|[ァ-ヴー]{{2,6}})"
)
_BEFORE = re.compile(rf"(?:[{shapes.KANJI}]{{1,5}}|[ぁ-ゔー]{{2,8}}|[ァ-ヴー]{{2,8}}) ?$")
_HIRAGANA_BEFORE = re.compile(r"(?<![ぁ-ゔー])[ぁ-ゔー]{1,4}$")
_ENDED = re.compile(
    r"(?![ぁ-ゔー])|[はがのをにともでへやか]|さん|さま|さぁ|ちゃん|くん|せんせ|です|だ|より|まで|など|らし|って|っち"
)
_OPENS = frozenset("のはがをにとやもへで")
_PARTICLES = frozenset("はがのをにともでへやかなだ")
_GRAMMAR = frozenset(
    [
        "から",
        "まで",
        "より",
        "など",
        "です",
        "だけ",
        "ほど",
        "さん",
        "くん",
        "さま",
        "ちゃん",
        "には",
        "とも",
        "にも",
        "では",
        "でも",
        "とは",
        "なの",
        "なら",
        "かな",
        "のか",
    ]
)


def whole(page: Page, start: int, end: int, taken: bytearray) -> tuple[int, int]:
    """The passage with the given name behind it or the family name before it."""
    written = page.text[start:end]
    last = given_behind(page, end) if _is_surname(written) else end
    if any(taken[end:last]):
        last = end
    first = _before(page, start) if last == end and _is_given(written) else start
    if first == start:
        first = _cut_surname(page, start, last)
    return (start if any(taken[first:start]) else first), last


def _cut_surname(page: Page, start: int, end: int) -> int:
    """おお|わだはなこ, さと|うたろう: where the family name begins of which the passage has only the end."""
    found = _HIRAGANA_BEFORE.search(page.text, max(0, start - _LONGEST), start)
    if not found or not shapes.is_hiragana(page.text[start]):
        return start
    first = found.start() + (found[0][0] in _OPENS)
    cuts = range(start + 1, min(end, first + _LONGEST) + 1) if first < start else ()
    return first if any(shapes.is_kana_surname(page.text[first:cut]) for cut in cuts) else start


def _is_surname(written: str) -> bool:
    return written in lexicon().surnames or (len(written) > 1 and shapes.is_kana_surname(written))


def _is_given(written: str) -> bool:
    return written in lexicon().givens or (len(written) > 1 and shapes.is_kana_given(written))


def given_behind(page: Page, end: int) -> int:
    """Where the given name ends that stands behind; `end` where none does."""
    found = _WRITTEN.match(page.text, end)
    if not found:
        return end
    begin = end + page.text.startswith(" ", end)
    written = page.text[begin : found.end()]
    if addressed(page, page.starting_at(begin)):  # 李さんが
        return end
    if found["kanji"]:
        foreign = shapes.is_katakana(page.text[end - 1])  # オバマ元大統領
        return end if foreign else next((begin + length for length in _kanji(page, begin, written)), end)
    if found["hiragana"]:
        return next((begin + length for length in _hiragana(page, begin, written)), end)
    return (
        found.end() if shapes.is_kana_given(written) and not page.text.startswith("ー", found.end()) else end
    )


def _kanji(page: Page, begin: int, written: str) -> Iterator[int]:
    first = page.starting_at(begin)
    for length in range(min(3, len(written)), 0, -1):
        name = written[:length]
        behind = page.starting_at(begin + length)
        word = page.tokens[first]
        noun = word.tag is Tag.NOUN and word.text == name and length > 1 and not word.unknown  # 高橋政権
        if noun or name in FORMER or name in words("not_names") or is_phrase_of_words(page, first, behind):
            continue
        surname = name in lexicon().surnames and name not in lexicon().givens
        ended = length == len(written) or addressed(page, behind)
        if ended and not surname and shapes.is_given(name):
            yield length


def _hiragana(page: Page, begin: int, written: str) -> Iterator[int]:
    token = at(page, page.starting_at(begin))
    particle = token is not None and token.text in _PARTICLES
    for length in range(min(_LONGEST, len(written)), 2 if particle else 1, -1):
        name = written[:length]
        if name not in _GRAMMAR and _ENDED.match(page.text, begin + length) and shapes.is_kana_given(name):
            yield length


def _before(page: Page, start: int) -> int:
    """Where the family name begins that stands before; `start` where none does."""
    offset = max(0, start - 9)
    found = _BEFORE.search(page.text, offset, start)
    if not found:
        return start
    stop = start - page.text.endswith(" ", 0, start)
    if shapes.is_kanji(page.text[stop - 1]):
        return _surname_in_kanji(page, stop, start)
    for first in range(max(found.start(), stop - _LONGEST), stop - 1):
        opens = first == found.start() or page.text[first - 1] in _OPENS
        if opens and shapes.is_kana_surname(page.text[first:stop]):
            return first
    return start


def _surname_in_kanji(page: Page, stop: int, start: int) -> int:
    """One word or two that are a family name, and no post or role."""
    last = page.starting_at(stop) - 1
    for count in (2, 1):
        token = at(page, last - count + 1)
        if token is None or page.tokens[last].end != stop:
            continue
        written = page.text[token.start : stop]
        role = written in words("roles") or written in words("titles")
        unknown = count == 1 and token.tag in NAMES and stop < start
        if not role and (shapes.may_be_addressed(written) or unknown):
            return token.start
    return start
