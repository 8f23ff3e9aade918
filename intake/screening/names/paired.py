"""2-1: family and given name side by side: 「湯川 覚範」「タナカ タロウ」「Yamada Hanako」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, Tag, is_common_noun, lexicon
from intake.screening.names import shapes
from intake.screening.names.context import compound, is_phrase_of_words, named_after
from intake.screening.page import Page
from intake.screening.words import words

_KANJI_PAIR = re.compile(
    f"(?<![{shapes.KANJI}A-Za-z0-9])(?P<surname>[{shapes.KANJI}]{{1,5}}) "
    f"(?P<given>[{shapes.KANJI}]{{1,4}}|[ぁ-ゔ]{{2,4}}|[ァ-ヴー]{{2,5}})(?![{shapes.KANJI}ァ-ヴーA-Za-z0-9])"
)
_KATAKANA_PAIR = re.compile(r"(?<![ァ-ヴー])([ァ-ヴー]{2,8})[ ・]([ァ-ヴー]{2,8})(?![ァ-ヴー])")
_HIRAGANA_PAIR = re.compile(r"(?<![ぁ-ゔー])([ぁ-ゔー]{2,8}) ([ぁ-ゔー]{2,8})(?![ぁ-ゔー])")
_LATIN_PAIR = re.compile(r"(?<![A-Za-z@.])([A-Z][A-Za-z'-]{0,15})\.?,? ([A-Z][A-Za-z'-]{0,15})(?![A-Za-z@])")
# やまだたろう 昭和55年: in one piece before an age or a day.
_KANA_ENTRY = re.compile(
    r"(?<![ぁ-ヴー])(?:(?<![一-龥A-Za-z0-9])|(?<=名))([ぁ-ゔー]{4,9}|[ァ-ヴー]{4,9})[ 、,(:]{1,2}"
    r"(?=生年月日|(?:明治|大正|昭和|平成|令和|[MTSHR])[0-9元]|(?:19|20)[0-9]{2}[年/.-][0-9]|[1-9][0-9](?:歳|才))"
)
_ENGLISH_TITLE = re.compile(r"\b(?:Mr|Ms|Mrs|Miss|Dr|MR|MS|DR)(?:\.|(?= )) ?([A-Z][A-Za-z'-]{1,19})")


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every pair that is a family and a given name, in either order where that is usual."""
    for found in _KANJI_PAIR.finditer(page.text):
        if _kanji(page, found):
            yield found.span()
    for pattern in (_KATAKANA_PAIR, _HIRAGANA_PAIR):
        for found in pattern.finditer(page.text):
            if _kana(found[1], found[2]) and not named_after(page, page.starting_at(found.end())):
                yield found.span()
    for found in _KANA_ENTRY.finditer(page.text):
        if _is_kana_entry(page, found[1], found.start(1)):
            yield found.span(1)
    for found in _LATIN_PAIR.finditer(page.text):
        if _latin(found[1], found[2]):
            yield found.span()
    for found in _ENGLISH_TITLE.finditer(page.text):
        yield found.span(1)


def _kanji(page: Page, found: re.Match[str]) -> bool:
    surname, given = found["surname"], found["given"]
    if not shapes.is_surname(surname) or compound(page, page.starting_at(found.end())):
        return False
    if not shapes.is_kanji(given):
        return shapes.is_kana_given(given) and not is_common_noun(given)
    first = page.starting_at(found.start("given"))
    if given in words("not_names") or is_phrase_of_words(page, first, page.starting_at(found.end())):
        return False
    if shapes.is_surname(given) and given not in lexicon().givens:
        return False
    likely = page.tokens[page.starting_at(found.start())].tag is Tag.SURNAME or given in lexicon().givens
    return likely and shapes.is_given(given)


def _kana(first: str, second: str) -> bool:
    if is_common_noun(first) and is_common_noun(second):
        return False
    family_first = shapes.is_kana_surname(first) and shapes.is_kana_given(second)
    return family_first or (shapes.is_kana_given(first) and shapes.is_kana_surname(second))


def _is_kana_entry(page: Page, written: str, start: int) -> bool:
    """Both names in one piece, and no word of its own: ありがとう."""
    token = page.tokens[page.starting_at(start)]
    if token.text == written and token.tag not in NAMES and not token.unknown:
        return False
    return any(_kana(written[:cut], written[cut:]) for cut in range(2, len(written) - 1))


def _latin(first: str, second: str) -> bool:
    if len(first) == 1 or len(second) == 1:
        longer = max(first, second, key=len)
        return len(longer) > 2 and shapes.is_romaji_surname(longer)
    family_first = shapes.is_romaji_surname(first) and shapes.is_romaji_given(second)
    return family_first or (shapes.is_romaji_given(first) and shapes.is_romaji_surname(second))
