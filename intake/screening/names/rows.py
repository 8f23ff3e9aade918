"""2-1: family names in a row, of which the dictionary knows some: 「稲垣・鵜飼・近藤」「大木・柳の両名」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import Tag, lexicon
from intake.screening.names import shapes
from intake.screening.names.context import compound, named_after
from intake.screening.page import Page
from intake.screening.words import words

_MARK = "(?: ?[・、,/→] ?|と)"
_ROW = re.compile(
    rf"(?<![{shapes.KANJI}ァ-ヴーA-Za-z0-9・])[{shapes.KANJI}]{{1,4}}"
    rf"(?:{_MARK}[{shapes.KANJI}]{{1,4}}(?![{shapes.KANJI}])){{1,9}}+"
)
_PART = re.compile(f"[{shapes.KANJI}]+")
_COUNTED = re.compile(
    r"(?: ?以上|ら)?[の、 ]?(?:[2-9二三四五六七八九](?:名|人|[一-龥]{1,3}[員師士長])|(?:両[名氏人]|ペア|コンビ))"
)


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every name of such a row."""
    for row in _ROW.finditer(page.text):
        parts = list(_PART.finditer(page.text, *row.span()))
        if _are_names(page, parts, counted=bool(_COUNTED.match(page.text, row.end()))):
            yield from (part.span() for part in parts)


def _are_names(page: Page, parts: list[re.Match[str]], *, counted: bool) -> bool:
    """Every part may be a family name; half of them are read as one, or they are counted like persons."""
    if any(part[0] not in lexicon().surnames or part[0] in words("company_names") for part in parts):
        return False
    humbly = page.text.startswith(("申し", "申す"), parts[-1].start())  # 加納と申します
    if humbly or any(part[0] in words("not_names") for part in parts):
        return False
    behind = page.starting_at(parts[-1].end())
    if named_after(page, behind) or (compound(page, behind) and not counted):
        return False
    if counted:
        return not all(part[0] in words("prefectures") for part in parts)
    read = sum(page.tokens[page.starting_at(part.start())].tag is Tag.SURNAME for part in parts)
    return read * 2 >= len(parts) and not any(part[0] in words("prefectures") for part in parts)
