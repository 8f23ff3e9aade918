"""2-1: where somebody lives — a municipality with a block number, or any place behind 「住所」."""

import re
from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.page import Page

_PREFECTURE = r"(?:北海道|東京都|大阪府|京都府|[一-龥]{2,3}県)"
_AREA = "[一-龥々ヶケノァ-ヴーぁ-ゖ]"
_NUMBER = r"(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})"
_STEP = r"(?:丁目|番地の?|番|号|-|ー|の)"
_BLOCK = re.compile(
    rf"{_NUMBER}{_STEP} ?{_NUMBER}(?:{_STEP} ?{_NUMBER}){{0,3}}(?:番地|番|号室|号)?"
    rf"(?: ?[一-龥ァ-ヴーA-Za-z]{{2,12}} ?[0-9]{{1,4}}(?:号室|号|F|階)?)?|[0-9]{{1,5}}番地|{_NUMBER}丁目"
)
_LOOKS_BACK = 26
_AREA_THROUGHOUT = re.compile(rf"(?:{_AREA}|[0-9]{{1,2}}条){{0,20}} ?")
_CLAUSE = re.compile(r"[、。:;()「」\n]")
_DIVISION = re.compile("[都道府県市区町村郡](?![画分域間切別内場販民役議長立度市合路具])")
_PARTICLE = re.compile("[ぁ-ん 一-龥]{0,20}[はがをにへで]")
_LIVES = re.compile(
    r"自宅|住所|住まい|住ん|住む|在住|実家|現住所|居住|転居|本籍|引っ?越|帰省先|アパート|マンション|送付先"
)
_COMPANYS = re.compile("(?:本社|弊社|当社|御社|会社|支社|支店|営業所|事業所|工場|オフィス|店舗|法人)の?$")
_WORKS = re.compile(
    r"本社|弊社|当社|支社|支店|営業所|事業所|工場|所在地|会場|オフィス|センター|店舗|倉庫|会社|ビル|病院|クリニック|訪問先|[本別新]館|ホテル|旅館|学園|学校|庁舎|役所|役場"
)
_NAME = "[一-龥々ヶケァ-ヴー]"
_PLACE = (
    rf"{_PREFECTURE}{_NAME}{{1,6}}[市区町村郡]?{_NAME}{{0,8}}"
    rf"|[一-龥々ヶケ]{{1,5}}市{_NAME}{{0,10}}|[一-龥]{{1,4}}区{_NAME}{{1,10}}"
)
_LABEL = "(?:自宅住所|現住所|住所|自宅|本籍地?|居住地|お?住まい|実家)"
_LABELLED = re.compile(rf"{_LABEL}[ :=はがの、]{{1,3}}(?P<place>{_PLACE})")
_POSTCODE = re.compile(r"〒 ?[0-9]{3}-?[0-9]{4}(?![0-9])")
_AROUND = 12


def find(page: Page) -> Iterator[Hit]:
    """Every address that is not plainly a company's."""
    text = page.text
    for block in _BLOCK.finditer(text):
        area = _area_before(text, block.start())
        if area is None or (block[0].endswith("丁目") and not _is_lived_in(text, area, block.end())):
            continue  # a quarter of a town without a number is nobody's address
        if _belongs_to_a_person(text, area, block.end()):
            yield Hit(area, block.end(), Kind.ADDRESS)
    for found in _LABELLED.finditer(text):
        if not _of_company(text, found.start()):
            yield Hit(*found.span("place"), Kind.ADDRESS)
    for found in _POSTCODE.finditer(text):
        if _belongs_to_a_person(text, found.start(), found.end()):
            yield Hit(*found.span(), Kind.ADDRESS)


def _area_before(text: str, offset: int) -> int | None:
    """Where the municipality before a block number starts, if there is one."""
    window = text[max(0, offset - _LOOKS_BACK) : offset]
    clause = _CLAUSE.split(window)[-1].lstrip()
    named = _DIVISION.search(clause)
    if not named or not _AREA_THROUGHOUT.fullmatch(clause, named.end()):
        return None
    # 「自宅は東京都…」: a particle before the first 都道府県市区町村郡 parts the place from the sentence.
    said = _PARTICLE.search(clause[: named.start()])
    return offset - len(clause) + (said.end() if said else 0)


def _of_company(text: str, label: int) -> bool:
    """Whether 「住所」 is the company's: 「会社の住所は」."""
    return bool(_COMPANYS.search(text, max(0, label - _AROUND), label))


def _is_lived_in(text: str, start: int, end: int) -> bool:
    return bool(
        _LIVES.search(text, max(0, start - _AROUND), start) or _LIVES.search(text, end, end + _AROUND)
    )


def _belongs_to_a_person(text: str, start: int, end: int) -> bool:
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    label = _LIVES.search(before)
    if label and _of_company(text, max(0, start - _AROUND) + label.start()):
        return False
    if label or _LIVES.search(behind):
        return True
    return not _WORKS.search(before) and not _WORKS.search(behind)
