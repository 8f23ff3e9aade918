"""2-1: a name before an honorific or a post: 「梅本さん」「おおわだ課長」「モウリーニョ監督」「Yamaoka氏」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import Tag, Token
from intake.screening.names import ending, shapes
from intake.screening.names.context import markers, phrase_at
from intake.screening.page import Page
from intake.screening.words import words

# 大原社労士事務所, 大統領選挙, 選手権: a post that goes on in another word addresses nobody.
_OFFICES = re.compile(
    "事務所|法人|会館|協会|組合|連合会|官邸|府|令(?!嬢)|制度?|選(?!手|出|任|ば|ん|考|定)|権|杯|賞"
)
_HON = re.compile("本(?:部長|殿|店長|社員|職員)")


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every name that something polite or official follows."""
    for index in page.landmarks:
        count = phrase_at(page, index, markers())
        if not index or not count or page.tokens[index - 1].text in markers():
            continue  # 課長|補佐: what stands before is no name
        if _OFFICES.match(page.text, page.tokens[index + count - 1].end):
            continue
        first = page.tokens[index].start
        marker = page.text[first : page.tokens[index + count - 1].end]
        start = ending.name_before(page, index, marker)
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
