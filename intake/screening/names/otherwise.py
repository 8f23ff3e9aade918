"""2-1: what a word that may be a family name is otherwise, where it stands: a place, a maker, a part of a compound."""

import re

from intake.screening.dictionary import NAMES, NOUNS, Tag, is_common_noun
from intake.screening.names import lives, shapes
from intake.screening.names.context import acts, at, phrase_before, speaks_of
from intake.screening.page import Page
from intake.screening.words import one_of, words

_THING = one_of(
    "州都 首都 都市 市 町 村 島 半島 県庁所在地 河川 川 湖 山 単位 一種 元素 鉱物 鉱石 植物 動物 鳥 魚 昆虫"
    " 樹木 高木 低木 常緑樹 落葉樹 草花 岩石 品種 地名 駅 港 会社 企業 メーカー ブランド 製品 言語 惑星 衛星 競走馬"
)
_IS = r"(?:で、|であ|です|だ(?!っ)|が多い|の(?:名|ひとつ|一つ)|、)"
_DEFINED = re.compile(rf"(?:は|とは)[^。\n]{{0,28}}?{_THING}{_IS}")
_MEMBERS = ("の", "が", "は", "に", "と", "を")
REGIONS = frozenset("州県郡市区町村国")
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


def is_defined(page: Page, index: int) -> bool:
    """ニュートンは力の単位である, リンカーンは州都である: the sentence says what else the word is."""
    return bool(_DEFINED.match(page.text, page.tokens[index].end))


def is_house(page: Page, index: int) -> bool:
    """細谷家の, but no 吉野家 that is one word: a family is its members."""
    token, house = page.tokens[index], at(page, index + 1)
    named = token.tag is Tag.SURNAME and shapes.is_surname(token.text) and len(token.text) > 1
    opens = not continues(page, index)
    return bool(
        named and opens and house and house.text == "家" and page.text.startswith(_MEMBERS, house.end)
    )


def is_part_of_a_title(page: Page, index: int) -> bool:
    """JUDY AND MARY, Dana Holt Instruments: Latin words beside it that make no person with it."""
    token = page.tokens[index]
    if not token.text.isascii():
        return False
    beside = (at(page, index - 2), at(page, index + 2))
    spaced = (at(page, index - 1), at(page, index + 1))
    pairs = zip(spaced, beside, strict=True)
    return any(
        gap and word and gap.tag is Tag.SPACE and word.text.isascii() and word.text.isalpha()
        for gap, word in pairs
    )


def is_everyday(page: Page, index: int) -> bool:
    """原は草に覆われている: one character that is a word of its own, and does nothing that persons do."""
    word = page.tokens[index].text
    said = page.text.startswith(("は", "が", "も"), page.tokens[index].end)
    return len(word) == 1 and said and is_common_noun(word) and not acts(page, index)


def is_maker(page: Page, index: int) -> bool:
    """安川のロボット."""
    owner, ware = at(page, index + 1), at(page, index + 2)
    return owner is not None and ware is not None and owner.text == "の" and ware.text in words("wares")


def introduces_itself(page: Page, index: int) -> bool:
    """「支店の梶原です」, but not 「福岡の小倉です」."""
    whose, owner = at(page, index - 2), at(page, index - 1)
    said = page.text.startswith(("です", "でござ"), page.tokens[index].end)
    return bool(said and owner and owner.text == "の" and whose and whose.tag is not Tag.PLACE)


def is_somewhere(page: Page, index: int) -> bool:
    """A family name that is a place, in a row with places (石川・福井・富山) or in talk of sites."""
    token = page.tokens[index]
    if _beside_a_company(page, index):
        return True
    if introduces_itself(page, index):
        return False
    if not page.is_place(token.text) or (acts(page, index) and token.text not in words("prefectures")):
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
    if index not in page.under_way:
        page.under_way[index] = _continues(page, index)
    return page.under_way[index]


def _continues(page: Page, index: int) -> bool:
    before = at(page, index - 1)
    if before is None or before.tag not in _COMPOUNDING:
        return False
    if phrase_before(page, index, words("incorporated")):
        return True
    if before.text in REGIONS:  # テキサス州ヒューストン
        return True
    person = phrase_before(page, index, words("roles")) or phrase_before(page, index, words("titles"))
    person = person or lives.is_kindred(before.text)
    # 溶接ヒューム: a noun goes on in katakana.
    return (
        not person
        and before.tag not in NAMES
        and (before.tag in _PROPER or shapes.is_katakana(page.tokens[index].text))
    )
