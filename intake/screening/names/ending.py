"""2-1: where the name starts that ends before something polite, by the script it is written in."""

import re

from intake.screening.dictionary import NAMES, Tag, Token, is_country
from intake.screening.names import shapes
from intake.screening.names.context import FORMER, is_phrase_of_words, markers, phrase_at, speaks_of
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST = 8
_OF_A_SITE = re.compile("(?:支店|支社|工場|営業所|センター|店|署|局|館|所)の$")  # 福島支店の石田支店長
_HIRAGANA_RUN = re.compile(r"[ぁ-ゔー]{1,7}$")
_LATIN_RUN = re.compile(r"(?:[A-Za-z][A-Za-z'.-]{1,19} ?){1,3}$")
_GRAMMAR = frozenset({Tag.OTHER, Tag.VERB, Tag.AUXILIARY, Tag.PARTICLE})
_BOUNDARY_KANA = "のはがをにとやもへで"


def name_before(page: Page, index: int, marker: str) -> int | None:
    """Where the name before the word starts; None where there is none."""
    last = page.tokens[index - 1]
    if last.tag is Tag.SPACE:
        before = page.tokens[index - 2] if index > 1 else None
        named = before is not None and before.tag in NAMES and not before.unknown
        return name_before(page, index - 1, marker) if named and marker != "様" else None
    if shapes.is_kanji(last.text):
        return _kanji(page, index, marker)
    if shapes.is_katakana(last.text):
        return _katakana(page, index, marker)
    if shapes.is_hiragana(last.text):
        return _hiragana(page, last, marker)
    return _latin(page, index, marker)


def _kanji(page: Page, index: int, marker: str) -> int | None:
    end = page.tokens[index - 1].end
    site = marker in words("place_titles") and page.tokens[index - 1].tag is Tag.PLACE
    if site and not _OF_A_SITE.search(page.text, max(0, end - _LONGEST), page.tokens[index - 1].start):
        return None
    found = None
    if page.tokens[index - 1].text in FORMER and marker in words("titles"):  # 米大統領, 新社長
        return None
    for first in range(index - 1, -1, -1):
        token = page.tokens[first]
        if token.tag is Tag.SUFFIX and first and page.tokens[first - 1].tag is Tag.NOUN:  # 実業|団|選手
            break
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
        # 恭|篤氏: two characters that are no word.
        pair = marker == "氏" and len(text) == 2 and token.text != text and shapes.is_given(text)
        full = shapes.is_full_name(text) and not is_phrase_of_words(page, first, index)
        if full or pair or (found is None and (known or _unknown_name(token, text, marker))):
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
        ordinary = is_country(token.text) or (token.tag is Tag.NOUN and not token.unknown)
        return marker not in words("titles") or not ordinary  # アメリカ大統領, バドミントン選手
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
    noun = last.tag is Tag.NOUN and not last.unknown and last.text in {run[0], run[0][1:]}
    polite = noun and run[0][0] in "おご" and not shapes.is_kana_surname(run[0])
    if polite and marker == "さま":  # おかげさまで, ごちそうさま
        return None
    typed = run[0]
    start = last.end - len(typed)
    goes_on = start > 0 and page.text[start - 1].isalnum()
    if goes_on and last.tag in _GRAMMAR and marker not in words("honorifics"):  # 母語でない社員
        return None
    for cut in range(len(typed) - 1):
        name = typed[cut:]
        bounded = cut == 0 or typed[cut - 1] in _BOUNDARY_KANA
        if bounded and shapes.is_kana_name(name) and name not in words("kana_words"):
            free = cut > 0 or not goes_on
            # 「課長なら部長に」: two letters behind a word are more often grammar than a name.
            heard = len(name) > 2 and (last.tag in NAMES or marker in words("honorifics"))
            heard = heard or (last.tag in NAMES and marker in words("honorifics"))
            return start + cut if free or heard else None
    unheard = len(typed) > 2 and not goes_on
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
