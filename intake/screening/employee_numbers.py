"""2-1: employee numbers in their many writings; only a word beside them tells them from any other number."""

import re
from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.page import Page
from intake.screening.words import one_of

_WHO = one_of(
    "社員 従業員 職員 スタッフ 所員 行員 局員 工員 組合員 隊員 乗務員 作業員 研修生 人事 個人 社内 出勤 (?<![一-龥])員"
)
_WHAT = r"(?:証)?(?:番号|ナンバー|No|NO|no|№|#|ID|Id|id|コード|CD)"
_ENGLISH = r"(?:[Ee]mployee|EMPLOYEE|[Ee]mp|EMP|[Ss]taff|STAFF)[ _-]?(?:No|NO|no|ID|Id|id|#|[Nn]umber|code)?"
_WORD = rf"(?:{_WHO}{_WHAT}|社番|員番|職番|個番|従番|{_ENGLISH})"
_GAP = r"(?:[ .:;=#№()「」、は|がで→_-]|No|番号|ID){0,5}"
_IN_KANJI = "[一二三四五六七八九\u3007]{4,8}"
_NUMBER = (
    r"(?P<id>[A-Za-z]{0,4}[- ]?[0-9]{2,12}(?:-[0-9A-Z]{1,8}){0,2}"
    rf"|[A-Z]{{1,4}}-?[0-9]{{1,12}}|{_IN_KANJI})(?![A-Za-z0-9])"
)
_COUNTED = r"(?! ?(?:桁|ケタ|文字|件|名|人|個|%|円|種類|割|年|月|日|番台))"
_BEFORE = re.compile(rf"{_WORD}{_GAP}{_NUMBER}{_COUNTED}")
_BEHIND = re.compile(
    rf"(?<![A-Za-z0-9])(?:No\.?|NO\.?|№|ID:?)? ?(?P<id>[A-Za-z]{{0,3}}-?[0-9]{{3,10}})(?:番)? ?"
    rf"(?:[(（が]{_WORD}|の(?:社員|従業員|職員|スタッフ|作業員)(?!数))"
)
_TOGETHER = re.compile(
    rf"(?:社員|従業員|職員|スタッフ)(?P<id>[A-Za-z]{{0,2}}-?[0-9]{{4,8}})(?![0-9A-Za-z]){_COUNTED}"
)
_ALSO = re.compile(
    r" ?(?:と|、|,|・|及び|および|/|~|〜) ?(?P<id>[A-Za-z]{0,4}-?[0-9]{3,12})(?![A-Za-z0-9])" + _COUNTED
)


def find(page: Page) -> Iterator[Hit]:
    """Every number that is called an employee's, and those listed behind it."""
    for pattern in (_BEFORE, _BEHIND, _TOGETHER):
        for found in pattern.finditer(page.text):
            if not any(character.isdigit() for character in found["id"]) and pattern is not _BEFORE:
                continue
            yield Hit(*found.span("id"), Kind.EMPLOYEE_NUMBER)
            if pattern is _BEFORE:
                yield from _listed(page.text, found.end())


def _listed(text: str, offset: int) -> Iterator[Hit]:
    while found := _ALSO.match(text, offset):
        yield Hit(*found.span("id"), Kind.EMPLOYEE_NUMBER)
        offset = found.end()
