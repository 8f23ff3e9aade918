"""2-1: dates of birth — a full date in Western years or an era, with a word of birth beside it."""

import re
from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.page import Page
from intake.screening.words import one_of

_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHRmtshr])"
_SEPARATOR = r" ?[-/.年・] ?"
_YEAR = (
    rf"(?:{_ERA} ?(?:[0-9]{{1,2}}|元)|(?:西暦)?(?:18|19|20)[0-9]{{2}}|'?[0-9]{{2}})(?: ?\([^()\n]{{1,8}}\))?"
)
_DAY = r"(?:1[0-2]|0?[1-9])(?: ?[-/.月・] ?(?:3[01]|[12][0-9]|0?[1-9])日?|月)"
_IN_ONE = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_KANJI = "[一二三四五六七八九十\u3007元]"
_IN_KANJI = rf"{_ERA}{_KANJI}{{1,3}}年{_KANJI}{{1,2}}月{_KANJI}{{1,3}}日"
_DATE = rf"(?P<date>{_YEAR}{_SEPARATOR}{_DAY}|{_IN_ONE}|{_IN_KANJI})"
_BIRTH = (
    r"(?:生年月日|誕生日|誕生年月日|生まれ|生年|DOB|D\.O\.B\.?"
    r"|[Bb]irth ?(?:day|date)|[Dd]ate of [Bb]irth|[Bb]orn(?: on)?)"
)
_BORN = r"(?:生まれ|うまれ|産まれ|誕生|生(?![産活存命成徒協])|が(?:生年月日|誕生日))"
_BEFORE = re.compile(rf"{_BIRTH}[^0-9\n。A-Za-z明大昭平令]{{0,8}}(?<![0-9]){_DATE}(?![0-9])")
_BEHIND = re.compile(rf"(?<![0-9.-])(?<![A-Za-z](?=[0-9])){_DATE}(?![0-9])[ )]{{0,2}}{_BORN}")
_NO_PERSON = one_of("会社 サービス ブランド 製品 商品 企業 制度 工場 部署 チーム 店 システム プロジェクト")
_NOT_A_PERSON = re.compile(rf"(?:生まれ|うまれ|誕生)[^。\n]{{0,6}}{_NO_PERSON}")
_ONLY_DAY = re.compile(
    r"誕生日[ :=はが]{0,3}(?P<date>(?:1[0-2]|[1-9])(?:月|/)(?:3[01]|[12][0-9]|[1-9])日?)(?![0-9])"
)


def find(page: Page) -> Iterator[Hit]:
    """Every date of birth."""
    for pattern in (_BEFORE, _BEHIND, _ONLY_DAY):
        for found in pattern.finditer(page.text):
            if not _NOT_A_PERSON.search(page.text[found.end("date") : found.end("date") + 24]):
                yield Hit(*found.span("date"), Kind.BIRTH_DATE)
