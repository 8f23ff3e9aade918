"""2-1: a family or given name that stands alone: 「河原の件」「信長は」「支店の梶原です」."""

from intake.screening.dictionary import NAMES, Tag
from intake.screening.names import lives, otherwise, shapes, whole
from intake.screening.names.context import acts, at, compound, ends_phrase, named_after
from intake.screening.page import Page
from intake.screening.words import words

PRESENTED = ("の件", "と申し", "といい", "と言い")  # 「河原の件」「秋葉といいます」
_OPENING = frozenset({Tag.SYMBOL, Tag.SPACE, Tag.PARTICLE})


def end(page: Page, index: int) -> int:
    """The number of the word behind a name of one word that starts here; 0 where there is none."""
    token = page.tokens[index]
    if not _named(page, index) or token.text in words("not_names"):
        return 0
    if otherwise.is_house(page, index):
        return index + 1
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
    ):  # 田村ちゑが
        return index + 1
    if otherwise.is_somewhere(page, index):
        return 0
    return index + 1


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
    matter = page.text.startswith((*PRESENTED, "です"), end)
    return opens and (matter or (page.text.startswith("より", end) and acts(page, index)))


def _place(page: Page, index: int) -> bool:
    """「本社の足立から聞いた」「支店の梶原です」「滝口より引継ぎ済み」."""
    before, end = at(page, index - 1), page.tokens[index].end
    if page.text.startswith(PRESENTED, end) or otherwise.introduces_itself(page, index):
        return True
    ours = before is not None and before.text == "の"
    return (ours or (before is None and page.text.startswith("より", end))) and acts(page, index)
