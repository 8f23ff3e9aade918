"""2-1: a name before an honorific or a post: 「梅本さん」「おおわだ課長」「モウリーニョ監督」「Yamaoka氏」."""

import re
from collections.abc import Iterator
from functools import cache

from intake.screening.dictionary import NAMES, Tag, Token
from intake.screening.names import shapes
from intake.screening.names.context import is_phrase_of_words, phrase_at, speaks_of
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST = 8
_OFFICES = ("事務所", "法人", "会館", "協会", "組合", "連合会")
_HON = re.compile("本(?:部長|殿|店長|社員|職員)")
_HIRAGANA_RUN = re.compile(r"[ぁ-ゔー]{1,7}$")
_LATIN_RUN = re.compile(r"(?:[A-Za-z][A-Za-z'.-]{1,19} ?){1,3}$")
_BOUNDARY_KANA = "のはがをにとやもへで"


@cache
def markers() -> frozenset[str]:
    """Everything polite or official that follows a name."""
    return words("honorifics") | words("titles") | words("place_titles")


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every name that something polite or official follows."""
    for index in page.landmarks:
        count = phrase_at(page, index, markers())
        if not index or not count or page.tokens[index - 1].text in markers():
            continue  # 課長|補佐: what stands before is no name
        if page.text.startswith(_OFFICES, page.tokens[index + count - 1].end):  # 大原社労士事務所
            continue
        first = page.tokens[index].start
        marker = page.text[first : page.tokens[index + count - 1].end]
        start = _name_before(page, index, marker)
        post = marker in words("titles") and start is None
        if post and (named := _before_department(page, index)):
            yield named.start, named.end
        if start is not None:
            last = page.tokens[index - 1]
            yield start, last.start if last.tag is Tag.SPACE else last.end
    yield from _with_hon(page)


def _before_department(page: Page, index: int) -> Token | None:
    """鳥飼|総務|部長: the family name before the department before the post, at the start of a phrase."""
    first = index - 1
    while first > max(0, index - 3) and page.tokens[first].tag is Tag.NOUN:
        first -= 1
    token = page.tokens[first]
    before = page.tokens[first - 1] if first else None
    opens = before is None or before.tag in {Tag.SYMBOL, Tag.SPACE, Tag.PARTICLE}
    named = token.tag in {Tag.PLACE, Tag.SURNAME} and shapes.is_surname(token.text)
    return token if opens and named and first < index - 1 and token.text not in words("prefectures") else None


def _with_hon(page: Page) -> Iterator[tuple[int, int]]:
    """梅|本部長, 梅|本殿: the dictionary gave the last character of the name to what follows it."""
    for found in _HON.finditer(page.text):
        index = page.starting_at(found.start())
        if 0 < index < len(page.tokens) and page.tokens[index].start == found.start():
            before = page.tokens[index - 1]
            if shapes.is_surname(before.text + "本"):
                yield before.start, found.start() + 1


def _name_before(page: Page, index: int, marker: str) -> int | None:
    last = page.tokens[index - 1]
    if last.tag is Tag.SPACE:
        before = page.tokens[index - 2] if index > 1 else None
        named = before is not None and before.tag in NAMES and not before.unknown
        return _name_before(page, index - 1, marker) if named and marker != "様" else None
    if shapes.is_kanji(last.text):
        return _kanji(page, index, marker)
    if shapes.is_katakana(last.text):
        return _katakana(page, index, marker)
    if shapes.is_hiragana(last.text):
        return _hiragana(page, last, marker)
    return _latin(page, index, marker)


def _kanji(page: Page, index: int, marker: str) -> int | None:
    end = page.tokens[index - 1].end
    if marker in words("place_titles") and page.tokens[index - 1].tag is Tag.PLACE:
        return None
    found = None
    for first in range(index - 1, -1, -1):
        token = page.tokens[first]
        if (
            not shapes.is_kanji(token.text)
            or end - token.start > _LONGEST
            or phrase_at(page, first, markers())
        ):
            break
        text = page.text[token.start : end]
        polite = marker in words("honorifics") and shapes.may_be_addressed(text)
        known = (
            polite
            or shapes.is_surname(text)
            or (len(text) > 1 and shapes.is_given(text) and token.tag in NAMES)
        )
        full = shapes.is_full_name(text) and not is_phrase_of_words(page, first, index)
        if full or (found is None and (known or _unknown_name(token, text, marker))):
            found = token.start
    return found


def _unknown_name(token: Token, text: str, marker: str) -> bool:
    """Two or three kanji that are no word at all, or that the dictionary has as a person's."""
    blocked = text in words("not_names") or (
        marker in words("titles") and marker not in words("persons_only")
    )
    return (
        not blocked and text == token.text and (token.tag in NAMES or (token.unknown and len(text) in {2, 3}))
    )


def _katakana(page: Page, index: int, marker: str) -> int | None:
    found = None
    for first in range(index - 1, max(-1, index - 7), -1):
        token = page.tokens[first]
        if token.text in {"・", "=", "-"}:
            continue
        if not shapes.is_katakana(token.text):
            break
        if first and _goes_on(page, first):
            return None
        if _is_japanese(token, marker) or _is_foreign(page, token, marker):
            found = token.start
        elif found is None:
            break
    return found


def _goes_on(page: Page, index: int) -> bool:
    """ニュー|オータニ: a noun in katakana goes on in the word, unless it is a post: マネージャータナカ."""
    before = page.tokens[index - 1]
    post = before.text in words("roles") or before.text in words("titles")
    return before.tag is Tag.NOUN and shapes.is_katakana(before.text) and not post


def _is_japanese(token: Token, marker: str) -> bool:
    """A Japanese name in katakana; ヤマネさん is nobody's dormouse."""
    if token.tag is Tag.SURNAME:
        return True
    if token.tag is not Tag.NOUN or token.unknown:
        return shapes.is_kana_name(token.text)
    return len(token.text) > 2 and marker in words("honorifics") and shapes.is_kana_surname(token.text)


def _is_foreign(page: Page, token: Token, marker: str) -> bool:
    """A name from abroad, unless it may be a company's: 「〜さん」 is said to companies, too."""
    if marker in words("persons_only"):
        return True
    ambiguous = marker in words("polite_to_companies")
    if token.text in words("foreign_surnames") and speaks_of(page, token.start, "person_talk"):
        return True
    if token.unknown:
        return not ambiguous or speaks_of(page, token.start, "person_talk")
    return token.tag in NAMES and not (ambiguous and speaks_of(page, token.start, "vendor_talk"))


def _hiragana(page: Page, last: Token, marker: str) -> int | None:
    run = _HIRAGANA_RUN.search(page.text[max(0, last.start - _LONGEST) : last.end])
    if not run or run[0] in words("kana_words") or last.text in words("kana_words"):
        return None
    if last.tag is Tag.OTHER and not last.unknown and last.text == run[0]:
        return None
    typed = run[0]
    start = last.end - len(typed)
    for cut in range(len(typed) - 1):
        name = typed[cut:]
        bounded = cut == 0 or typed[cut - 1] in _BOUNDARY_KANA
        if bounded and shapes.is_kana_name(name) and name not in words("kana_words"):
            free = cut > 0 or start == 0 or not page.text[start - 1].isalnum()
            # 「課長なら部長に」: two letters behind a word are more often grammar than a name.
            heard = len(name) > 2 and (last.tag in NAMES or marker in words("honorifics"))
            heard = heard or (last.tag in NAMES and marker in words("honorifics"))
            return start + cut if free or heard else None
    unheard = len(typed) > 2 and (start == 0 or not page.text[start - 1].isalnum())
    return start if unheard and marker in words("honorifics") and last.tag is not Tag.PARTICLE else None


def _latin(page: Page, index: int, marker: str) -> int | None:
    last = page.tokens[index - 1]
    offset = max(0, last.end - 50)
    run = _LATIN_RUN.search(page.text[offset : last.end])
    if not run:
        return None
    parts = run[0].split()
    japanese = any(shapes.is_romaji_surname(part) or shapes.is_romaji_given(part) for part in parts)
    known = last.tag in NAMES and not last.unknown
    person = marker in words("persons_only") or speaks_of(page, last.start, "person_talk")
    foreign = person and not run[0].isupper()
    if not run[0][0].isupper():
        return offset + run.start() if len(parts) == 1 and shapes.is_romaji_surname(parts[0]) else None
    return offset + run.start() if japanese or known or foreign else None
