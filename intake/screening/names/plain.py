"""2-1: a name that nothing announces: 「志水敦忠(製造部)」「河原の件」「信長は」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, NOUNS, Tag, Token, is_place
from intake.screening.names import shapes
from intake.screening.names.context import at, compound, ends_phrase, named_after, phrase_before, speaks_of
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST_GIVEN = 3
_REGIONS = frozenset("州県郡市区町村国")
_PRESENTED = ("の件", "と申し", "といい", "と言い")  # 「河原の件」「秋葉といいます」
_GIVEN = frozenset({Tag.GIVEN, Tag.OTHER_NAME})
_PERHAPS = frozenset({Tag.PLACE, Tag.PROPER, Tag.GIVEN})
_OPENING = frozenset({Tag.SYMBOL, Tag.SPACE, Tag.PARTICLE})
_COMPOUNDING = NOUNS | {Tag.PREFIX}
_PROPER = frozenset({Tag.PROPER, Tag.PREFIX, Tag.PLACE})
_LIKELY = NAMES | {Tag.PLACE, Tag.PROPER, Tag.NOUN, Tag.WHEN, Tag.NUMBER}
_WORK = re.compile("『[^』\n]{1,60}』")  # a name in a title is the work's


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every full name, and every family or given name that stands as a phrase of its own."""
    titles = bytearray(len(page.text))
    for found in _WORK.finditer(page.text):
        titles[slice(*found.span())] = b"\1" * len(found[0])
    index = 0
    while index < len(page.tokens):
        token = page.tokens[index]
        end = 0
        if token.tag in _LIKELY and not titles[token.start]:
            end = _full(page, index) or _bare(page, index) or _halved(page, index)
        if end:
            yield token.start, page.tokens[end - 1].end
        index = end or index + 1


def _full(page: Page, index: int) -> int:
    """The number of the word behind a full name that starts here; 0 where there is none."""
    first = page.tokens[index]
    if not _may_be_surname(first) or _continues(page, index):
        return 0
    end, sure = _given(page, index + 1, first)
    if end == index + 1 or named_after(page, end) or (not sure and compound(page, end)):
        return 0
    if sure:
        return end
    whole = page.text[first.start : page.tokens[end - 1].end]
    full = first.tag is Tag.SURNAME and shapes.is_full_name(whole)
    foreign = first.text in words("one_character_surnames") and first.tag is Tag.SURNAME and len(whole) < 4
    return end if (full or foreign) and ends_phrase(page, end) else 0


def _given(page: Page, index: int, first: Token) -> tuple[int, bool]:
    """The word behind the given name, and whether the dictionary knows it as one."""
    begin = index
    written = 0
    sure = False
    while token := at(page, index):
        known = token.tag in _GIVEN and first.tag in NAMES
        if written + len(token.text) > _LONGEST_GIVEN + (token.tag is Tag.GIVEN):
            break
        if not known and not _goes_on(page, index, index > begin, sure, first):
            break
        sure = sure or known
        written += len(token.text)
        index += 1
    return index, sure


def _goes_on(page: Page, index: int, begun: bool, sure: bool, first: Token) -> bool:
    """Whether a word that the dictionary does not know as a given name may be one, or a part of one."""
    token = page.tokens[index]
    if not shapes.is_kanji(token.text):
        return False
    # 亜海夏: a season may end a name as well as begin a phrase.
    ended = ends_phrase(page, index) and (token.tag is not Tag.WHEN or len(token.text) > 1)
    if begun and (ended or (sure and token.text in words("things_named_after"))):
        return False
    # 張維新: behind a Chinese family name any two characters may follow.
    foreign = not begun and len(token.text) == 2 and first.text in words("one_character_surnames")
    if foreign and token.text in words("things_named_after"):  # 林病院
        return False
    return len(token.text) == 1 or foreign or shapes.is_given(token.text)


def _may_be_surname(token: Token) -> bool:
    return (
        token.tag is Tag.SURNAME
        or token.tag is Tag.OTHER_NAME
        or (token.tag in _PERHAPS and shapes.is_surname(token.text))
    )


def _bare(page: Page, index: int) -> int:
    """The same for a family or given name that stands alone."""
    token = page.tokens[index]
    if not _named(page, index) or token.text in words("not_names") or token.text in words("company_names"):
        return 0
    if not ends_phrase(page, index + 1) and compound(page, index + 1):
        return 0
    if named_after(page, index + 1) or _continues(page, index) or _in_katakana_row(page, index):
        return 0
    if _is_somewhere(page, index):
        return 0
    return index + 1


def _halved(page: Page, index: int) -> int:
    """今|永は: a family name that the tokenizer cut between its characters."""
    first, second = page.tokens[index], at(page, index + 1)
    if second is None or len(first.text) > 1 or len(second.text) > 1:
        return 0
    if not {first.tag, second.tag} & NAMES and not page.text.startswith(_PRESENTED, second.end):
        return 0
    before, behind = at(page, index - 1), at(page, index + 2)
    alone = before is None or not shapes.is_kanji(before.text)
    ended = behind is not None and behind.tag is Tag.PARTICLE
    return index + 2 if alone and ended and shapes.is_surname(first.text + second.text) else 0


def _named(page: Page, index: int) -> bool:
    token = page.tokens[index]
    if token.tag is Tag.SURNAME:
        return True
    if token.tag in NAMES:
        # ビートルズ: a plural is a group.
        return not token.unknown and len(token.text) > 1 and not token.text.endswith("ズ")
    if token.tag is Tag.NOUN:
        # 「河原の件」「大木です」: a phrase of its own, not the end of 土地柄です.
        before = at(page, index - 1)
        opens = before is None or before.tag in _OPENING
        matter = page.text.startswith((*_PRESENTED, "です"), token.end)
        return opens and matter and shapes.is_surname(token.text)
    if token.tag is Tag.PLACE:
        matter = page.text.startswith(_PRESENTED, token.end)
        return matter and shapes.is_surname(token.text) and token.text not in words("prefectures")
    acts = page.text.startswith(("は", "が", "も", "の件"), token.end)
    return token.tag is Tag.PROPER and acts and len(token.text) == 2 and shapes.is_surname(token.text)


def _is_somewhere(page: Page, index: int) -> bool:
    """A family name that is a place, in a row with places (石川・福井・富山) or in talk of sites."""
    token = page.tokens[index]
    if not is_place(token.text):
        return False
    for between, beside in ((index - 1, index - 2), (index + 1, index + 2)):
        mark, other = at(page, between), at(page, beside)
        if mark and other and mark.text in {"・", "、", "と"} and other.tag is Tag.PLACE:
            return True
    return speaks_of(page, token.start, "place_talk")


def _in_katakana_row(page: Page, index: int) -> bool:
    """Part of a row such as レッド・ツェッペリン, which is judged as a whole (names/paired.py)."""
    before, behind = at(page, index - 1), at(page, index + 1)
    dotted = (before is not None and before.text == "・") or (behind is not None and behind.text == "・")
    return dotted and shapes.is_katakana(page.tokens[index].text)


def _continues(page: Page, index: int) -> bool:
    """Whether a compound is under way before the word: 株式会社山田, 新田中."""
    before = at(page, index - 1)
    if before is None or before.tag not in _COMPOUNDING:
        return False
    if phrase_before(page, index, words("incorporated")):
        return True
    if before.text in _REGIONS:  # テキサス州ヒューストン
        return True
    person = phrase_before(page, index, words("roles")) or phrase_before(page, index, words("titles"))
    return not person and before.tag in _PROPER
