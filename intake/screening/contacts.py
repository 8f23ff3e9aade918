"""2-1: telephone numbers and e-mail addresses of a person; general mailboxes and switchboards are no finding."""

import re
from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.names.shapes import is_romaji_surname
from intake.screening.page import Page
from intake.screening.words import one_of, words

_AT_WORD = one_of("at AT @ アット アットマーク あっと あっとまーく")
_AT = (
    rf"(?: ?@ ?| ?[\[(<{{【]{_AT_WORD}[\])>}}】] ?| ?(?:アット(?:マーク)?|あっとまーく) ?| (?:at|AT) |[★☆●■])"
)
_DOT = r"(?:\.| ?[\[(](?:dot|DOT|ドット)[\])] ?| (?:dot|DOT) |ドット)"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])(?P<local>[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}){_AT}"
    rf"(?P<domain>[A-Za-z0-9-]{{1,40}}(?:{_DOT}[A-Za-z0-9-]{{1,40}}){{1,5}})"
)
_SEPARATORS = re.compile(r"[._+-]")

_DASH = "[- ー.・]"
_JOINT = rf"(?:{_DASH}|\)|\()?"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9]-)(?P<number>(?:\+81{_DASH}?\(?0?\)?|\((?=0[0-9]{{1,4}}\))0|0)[0-9]{{1,4}}\)?"
    rf"{_JOINT}[0-9]{{1,4}}{_JOINT}[0-9]{{3,4}})(?![0-9])(?!{_DASH}[0-9])"
)
_FREE = ("0120", "0800", "0570", "0990", "0180")
_MOBILE = ("070", "080", "090", "060", "050", "020")
_PERSONAL = re.compile(
    one_of(
        "本人 自宅 携帯 実家 家族 緊急 母 父 妻 夫 兄 姉 弟 妹 息子 娘 個人 さん 氏 様 くん 担当者 直通 社員 従業員"
        " 職員 部下 患者 スマホ 私物 私用 個人用"
    )
)
_SWITCHBOARD = re.compile(
    one_of(
        "代表 大代 窓口 コール センター フリー 受付 受け付け 問い?合わせ 本社 弊社 当社 会社 支店 営業所 事業所 工場"
        " 店舗 FAX Fax ファックス ファクス サポート ダイヤル 病院 クリニック 医院 診療所 ホットライン 総合案内 固定電話"
        " [室課部局係科院校園館所店署組](?:の|直通)?(?:電話|TEL|Tel)"
    )
)
_CODED = re.compile(r"(?:番号|No\.?|ID|コード|型番|品番|№)[ :=はが]{0,3}$")
_AROUND = 14


def find(page: Page) -> Iterator[Hit]:
    """Every address and number that reaches a person."""
    for found in _EMAIL.finditer(page.text):
        if not _is_general(found["local"]):
            yield Hit(*found.span(), Kind.EMAIL)
    for found in _PHONE.finditer(page.text):
        if _reaches_a_person(page.text, found):
            yield Hit(*found.span("number"), Kind.PHONE)


def _is_general(local: str) -> bool:
    """Whether the first or last part is a desk's, and no part is somebody's family name: s.aoki+hr is Aoki's."""
    general = words("general_mailboxes")
    parts = [part.strip("0123456789") for part in _SEPARATORS.split(local.lower())]
    if parts[0] in general:
        return True
    return parts[-1] in general and not any(is_romaji_surname(part) for part in parts)


def _reaches_a_person(text: str, found: re.Match[str]) -> bool:
    digits = re.sub(r"[^0-9]", "", found["number"].replace("+81", "0").replace("0(0)", "0"))
    digits = "0" + digits.lstrip("0") if found["number"].startswith("+") else digits
    if digits.startswith(_FREE):
        return False
    mobile = digits.startswith(_MOBILE) and len(digits) == 11
    if not mobile and not (len(digits) == 10 and digits[1] != "0"):
        return False
    before = text[max(0, found.start() - _AROUND) : found.start()]
    around = before + text[found.end() : found.end() + 8]
    if mobile:
        return not re.search(r"社用(?!で)|代表", before) or bool(_PERSONAL.search(around.replace("携帯", "")))
    written_out = found["number"] != digits or "電話" in around or "TEL" in around.upper()
    if _CODED.search(before) and not re.search(r"電話|TEL|携帯|連絡|自宅|実家|本人", before):
        return False
    return bool(_PERSONAL.search(around)) or (written_out and not _SWITCHBOARD.search(around))
