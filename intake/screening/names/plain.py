"""2-1: a name that nothing announces: 「志水敦忠(製造部)」「河原の件」「信長は」."""

from collections.abc import Iterator, Mapping

from intake.screening.dictionary import NAMES, Tag, Token
from intake.screening.names import alone, otherwise, shapes
from intake.screening.names.context import (
    FORMER,
    addressed,
    at,
    compound,
    ends_phrase,
    named_after,
)
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST_GIVEN = 3
_GIVEN = frozenset({Tag.GIVEN, Tag.OTHER_NAME})
_PERHAPS = frozenset({Tag.PLACE, Tag.PROPER, Tag.GIVEN})
_LIKELY = NAMES | {Tag.PLACE, Tag.PROPER, Tag.NOUN, Tag.WHEN, Tag.NUMBER}


def find(page: Page, found_before: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Every full name, and every family or given name that stands as a phrase of its own and is not found yet."""
    index = 0
    while index < len(page.tokens):
        token = page.tokens[index]
        if token.start in found_before:
            index = page.starting_at(found_before[token.start])
            continue
        end = 0
        if token.tag in _LIKELY and not page.is_titled(token.start):
            end = _full(page, index) or alone.end(page, index) or _halved(page, index)
        if end:
            yield token.start, page.tokens[end - 1].end
        index = end or index + 1


def _full(page: Page, index: int) -> int:
    """The number of the word behind a full name that starts here; 0 where there is none."""
    first = page.tokens[index]
    if not _may_be_surname(first) or otherwise.continues(page, index):
        return 0
    end, sure = _given(page, index + 1, first)
    ending = page.tokens[end - 1].text
    if (
        end == index + 1
        or ending in words("ends_of_things")
        or named_after(page, end)
        or (not sure and compound(page, end))
    ):
        return 0
    if sure:
        return end
    whole = page.text[first.start : page.tokens[end - 1].end]
    # 小幡|辰|吉の: a place and two characters that make no word with it.
    pieces = (
        page.tokens[index + 1].text not in otherwise.REGIONS
        and first.tag is Tag.PLACE
        and [len(token.text) for token in page.tokens[index + 1 : end]] == [1, 1]
    )
    full = (first.tag is Tag.SURNAME or pieces) and shapes.is_full_name(whole)
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
    former = token.tag is Tag.PREFIX or token.text in FORMER  # 悦男|元|党首
    if not shapes.is_kanji(token.text) or (former and addressed(page, index + (token.tag is not Tag.PREFIX))):
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


def _halved(page: Page, index: int) -> int:
    """今|永は, 惺|弥と: a name that the tokenizer cut between its characters."""
    first = page.tokens[index]
    second = at(page, index + 1) if len(first.text) == 1 else None
    if second is None or len(second.text) > 1:
        return 0
    if not {first.tag, second.tag} & NAMES and not page.text.startswith(alone.PRESENTED, second.end):
        return 0
    before, behind = at(page, index - 1), at(page, index + 2)
    free = before is None or not shapes.is_kanji(before.text)
    ended = behind is not None and behind.tag is Tag.PARTICLE
    given = first.tag is second.tag is Tag.GIVEN and (before is None or before.tag is not Tag.SPACE)
    return index + 2 if free and ended and (given or shapes.is_surname(first.text + second.text)) else 0
