"""2-1: what a word that may be a family name is otherwise, where it stands: a place, a maker, a part of a compound."""

from intake.screening.dictionary import NAMES, NOUNS, Tag, is_place
from intake.screening.names import shapes
from intake.screening.names.context import acts, at, phrase_before, speaks_of
from intake.screening.page import Page
from intake.screening.words import words

_REGIONS = frozenset("州県郡市区町村国")
_COMPOUNDING = NOUNS | {Tag.PREFIX}
_PROPER = frozenset({Tag.PROPER, Tag.PREFIX, Tag.PLACE})


def is_somebody(page: Page, index: int) -> bool:
    """江崎, when the talk is of people and not of products."""
    start = page.tokens[index].start
    return speaks_of(page, start, "person_talk") and not speaks_of(page, start, "vendor_talk")


def _beside_a_company(page: Page, index: int) -> bool:
    """ヒルトンやマリオット."""
    mark, other = at(page, index - 1), at(page, index - 2)
    joined = mark is not None and mark.text in {"・", "、", "と", "や"}
    return joined and other is not None and other.text in words("company_names")


def is_maker(page: Page, index: int) -> bool:
    """安川のロボット."""
    owner, ware = at(page, index + 1), at(page, index + 2)
    return owner is not None and ware is not None and owner.text == "の" and ware.text in words("wares")


def is_ones_name(page: Page, index: int) -> bool:
    """容疑者のレオンは: an unknown word in katakana behind a calling and 「の」."""
    calling, owner, behind = at(page, index - 2), at(page, index - 1), at(page, index + 1)
    if calling is None or owner is None or behind is None or owner.text != "の":
        return False
    return calling.text[-1] in "者手家優" and behind.text in {"は", "が", "も", "、"}


def is_somewhere(page: Page, index: int) -> bool:
    """A family name that is a place, in a row with places (石川・福井・富山) or in talk of sites."""
    token = page.tokens[index]
    if _beside_a_company(page, index):
        return True
    if not is_place(token.text) or (acts(page, index) and token.text not in words("prefectures")):
        return False
    for between, beside in ((index - 1, index - 2), (index + 1, index + 2)):
        mark, other = at(page, between), at(page, beside)
        if mark and other and mark.text in {"・", "、", "と"} and other.tag in {Tag.PLACE, Tag.PROPER}:
            return True
    return speaks_of(page, token.start, "place_talk")


def in_katakana_row(page: Page, index: int) -> bool:
    """Part of a row such as レッド・ツェッペリン, which is judged as a whole (names/paired.py)."""
    before, behind = at(page, index - 1), at(page, index + 1)
    dotted = (before is not None and before.text == "・") or (behind is not None and behind.text == "・")
    return dotted and shapes.is_katakana(page.tokens[index].text)


def continues(page: Page, index: int) -> bool:
    """Whether a compound is under way before the word: 株式会社山田, 新田中."""
    before = at(page, index - 1)
    if before is None or before.tag not in _COMPOUNDING:
        return False
    if phrase_before(page, index, words("incorporated")):
        return True
    if before.text in _REGIONS:  # テキサス州ヒューストン
        return True
    person = phrase_before(page, index, words("roles")) or phrase_before(page, index, words("titles"))
    # 溶接ヒューム: a noun goes on in katakana.
    return (
        not person
        and before.tag not in NAMES
        and (before.tag in _PROPER or shapes.is_katakana(page.tokens[index].text))
    )
