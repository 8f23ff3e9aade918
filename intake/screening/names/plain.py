"""2-1: a name that nothing announces: 「志水敦忠(製造部)」「河原の件」「信長は」."""

from collections.abc import Iterator, Mapping

from intake.screening.dictionary import NAMES, Tag, Token
from intake.screening.names import lives, otherwise, shapes, whole
from intake.screening.names.context import (
    FORMER,
    acts,
    addressed,
    at,
    compound,
    ends_phrase,
    named_after,
)
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST_GIVEN = 3
_PRESENTED = ("の件", "と申し", "といい", "と言い")  # 「河原の件」「秋葉といいます」
_GIVEN = frozenset({Tag.GIVEN, Tag.OTHER_NAME})
_PERHAPS = frozenset({Tag.PLACE, Tag.PROPER, Tag.GIVEN})
_OPENING = frozenset({Tag.SYMBOL, Tag.SPACE, Tag.PARTICLE})
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
            end = _full(page, index) or _bare(page, index) or _halved(page, index)
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


def _bare(page: Page, index: int) -> int:
    """The same for a family or given name that stands alone."""
    token = page.tokens[index]
    if not _named(page, index) or token.text in words("not_names"):
        return 0
    if token.text in words("company_names") and not otherwise.is_somebody(page, index):
        return 0
    if otherwise.is_defined(page, index) or otherwise.is_everyday(page, index):
        return 0
    if (
        otherwise.is_maker(page, index)
        or otherwise.is_part_of_a_title(page, index)
        or page.text.startswith(("申し", "申す"), token.start)
    ):
        return 0
    if not ends_phrase(page, index + 1) and compound(page, index + 1):
        return 0
    if (
        named_after(page, index + 1)
        or otherwise.continues(page, index)
        or otherwise.in_katakana_row(page, index)
    ):
        return 0
    hiragana = shapes.is_hiragana(page.text[token.end : token.end + 2])
    if (
        hiragana and token.tag is Tag.SURNAME and whole.given_behind(page, token.end) > token.end
    ):  # 中山ちゑが
        return index + 1
    if otherwise.is_somewhere(page, index):
        return 0
    return index + 1


def _halved(page: Page, index: int) -> int:
    """今|永は, 悠|弥と: a name that the tokenizer cut between its characters."""
    first, second = page.tokens[index], at(page, index + 1)
    if second is None or len(first.text) > 1 or len(second.text) > 1:
        return 0
    if not {first.tag, second.tag} & NAMES and not page.text.startswith(_PRESENTED, second.end):
        return 0
    before, behind = at(page, index - 1), at(page, index + 2)
    alone = before is None or not shapes.is_kanji(before.text)
    ended = behind is not None and behind.tag is Tag.PARTICLE
    given = first.tag is second.tag is Tag.GIVEN and (before is None or before.tag is not Tag.SPACE)
    return index + 2 if alone and ended and (given or shapes.is_surname(first.text + second.text)) else 0


def _named(page: Page, index: int) -> bool:
    token = page.tokens[index]
    if token.tag is Tag.SURNAME:
        return True
    if token.tag in NAMES:
        # ビートルズ: a plural is a group, unless it marries as only ジェームズ does.
        group = token.text.endswith("ズ") and not lives.is_told_of(page, token.start, token.end)
        return not token.unknown and len(token.text) > 1 and not group
    if shapes.is_katakana(token.text):
        return _in_katakana(page, index)
    if not shapes.is_surname(token.text):
        return False
    if token.tag is Tag.NOUN:
        return _noun(page, index)
    if token.tag is Tag.PLACE:
        return token.text not in words("prefectures") and _place(page, index)
    subject = page.text.startswith(("は", "が", "も", "の件"), token.end)
    return token.tag is Tag.PROPER and subject and len(token.text) == 2


def _in_katakana(page: Page, index: int) -> bool:
    token = page.tokens[index]
    if token.tag is Tag.NOUN and token.unknown and shapes.is_kana_surname(token.text) and acts(page, index):
        return True
    unknown = token.tag is Tag.PROPER or (token.tag is Tag.NOUN and token.unknown)
    return (unknown and lives.is_called(page, index)) or lives.is_somebody(page, index)


def _noun(page: Page, index: int) -> bool:
    """「河原の件」「大木です」: a phrase of its own, not the end of 土地柄です."""
    before, end = at(page, index - 1), page.tokens[index].end
    if before is not None and before.text == "の" and acts(page, index):
        return True
    opens = before is None or before.tag in _OPENING
    matter = page.text.startswith((*_PRESENTED, "です"), end)
    return opens and (matter or (page.text.startswith("より", end) and acts(page, index)))


def _place(page: Page, index: int) -> bool:
    """「本社の足立から聞いた」「支店の梶原です」「滝口より引継ぎ済み」."""
    before, end = at(page, index - 1), page.tokens[index].end
    if page.text.startswith(_PRESENTED, end) or otherwise.introduces_itself(page, index):
        return True
    ours = before is not None and before.text == "の"
    return (ours or (before is None and page.text.startswith("より", end))) and acts(page, index)
