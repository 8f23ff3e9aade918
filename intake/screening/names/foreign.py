"""2-1: a name from abroad in katakana joined by dots: 「ジョン・スミス」「ジョン・K・パーウェル」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, Tag, Token
from intake.screening.names import lives, shapes
from intake.screening.names.context import named_after, speaks_of
from intake.screening.page import Page
from intake.screening.words import words

_PART = r"(?:[ァ-ヴー]{1,20}|[A-Z](?![A-Za-z0-9])|Jr|Sr)"
_ROW = re.compile(
    rf"(?:(?<![ァ-ヴー・=])[ァ-ヴー]{{1,20}}|(?<![A-Za-z0-9ァ-ヴー・=])[A-Z])(?:[・=]{_PART}){{1,6}}(?![ァ-ヴーA-Za-z])"
)
_KING = re.compile(
    "(?<![ァ-ヴー・])[ァ-ヴー]{2,12}(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})世(?![紀代界帯話論])"
)
_WESTERN = re.compile(
    r"(?<![A-Za-z0-9@.&-] )(?<![A-Za-z0-9@.&-])[A-Z][a-z]{1,12}(?P<initials>(?: [A-Z]\.){0,3}) [A-Z][a-z]{1,14}"
    r"(?! ?[A-Za-z0-9&@-])(?=[ぁ-ん、。)(]|$)"
)
_FIRMS = frozenset({"エンド", "アンド", "オブ", "ブラザーズ"})  # ジョンソン・エンド・ジョンソン
_AS_SOMEBODY = ("は", "が", "も", "を", "と", "の", "、", "らが", "らは", "によ")
_BETWEEN = frozenset({"、", "や", "と", ","})


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Rows of which one part at least is known as a person's name, or of which a life is told."""
    last = -1
    families: set[str] = set()
    for found in _ROW.finditer(page.text):
        if page.is_titled(found.start()):
            continue
        # ジョージ・ミルザン、ケル・ドザン: beside a person in a list.
        listed = found.start() - last == 1 and page.text[last] in _BETWEEN
        if _is_person(page, found, listed=listed):
            yield found.span()
            last = found.end()
            families.add(re.split("[・=]", found[0])[-1])
    for found in _WESTERN.finditer(page.text):
        token = page.tokens[page.starting_at(found.start())]
        if found["initials"] or (token.tag in NAMES and not token.unknown):
            yield found.span()
    yield from (found.span() for found in _KING.finditer(page.text))
    yield from _once_more(page, {family for family in families if len(family) > 2})


def _once_more(page: Page, families: set[str]) -> Iterator[tuple[int, int]]:
    """フレデリック・ザイマン … ザイマン: who was named in full is meant by the family name as well."""
    for token, behind in zip(page.tokens, [*page.tokens[1:], None], strict=True) if families else ():
        alone = page.text[token.start - 1 : token.start] != "・" and (behind is None or behind.text != "・")
        if token.text in families and alone and not named_after(page, page.starting_at(token.end)):
            yield token.start, token.end


def _is_person(page: Page, found: re.Match[str], *, listed: bool) -> bool:
    end = page.starting_at(found.end())
    parts = page.tokens[page.starting_at(found.start()) : end]
    joined = re.split("[・=]", found[0])
    if (
        not parts
        or not _FIRMS.isdisjoint(joined)
        or found[0] in words("company_names")
        or named_after(page, end)
    ):
        return False
    team = joined[-1].endswith(("ズ", "ツ")) and page.is_place(joined[0])  # ヒューストン・ロケッツ
    if not team and (_begins_with_a_person(parts) or _from_abroad(joined)):
        return True
    ordinary = [part.tag is Tag.NOUN and not part.unknown and len(part.text) > 1 for part in parts]
    if listed or lives.is_told_of(page, *found.span()):
        return not any(ordinary[1:])
    plain = all(part.tag in NAMES or part.unknown or len(part.text) == 1 for part in parts)
    # ドレヴァン・ミルツが: two words that nobody knows, where a place or a league would stand with another particle.
    group = team or joined[-1].endswith("ズ") or speaks_of(page, found.start(), "vendor_talk")
    return plain and not group and len(joined) < 4 and page.text.startswith(_AS_SOMEBODY, found.end())


def _from_abroad(parts: list[str]) -> bool:
    """ファム・ヴァン・トゥアン: names that are common abroad, one at each end or two in all."""
    known = sum(part in words("foreign_surnames") for part in parts)
    return known * 2 >= len(parts) and known > 1


def _begins_with_a_person(parts: list[Token]) -> bool:
    """Whether a row such as トーマス・マン begins with a person's name and does not end in a thing."""
    row = [part for part in parts if shapes.is_katakana(part.text)]
    if len(row) < 2:
        return False
    first, *others = row
    if first.tag is Tag.PLACE or (first.tag is Tag.NOUN and not first.unknown):
        return False
    named = any(part.tag in NAMES for part in (first, *others))
    ordinary = sum(part.tag is Tag.NOUN and not part.unknown for part in others)
    return (
        named and (first.tag in NAMES or not ordinary) and others[-1].text not in words("things_named_after")
    )
