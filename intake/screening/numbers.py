"""2-1: numbers of the state, of insurers, banks and clinics, each known by its form and the word beside it."""

import re
from collections.abc import Iterator

from intake.screening.check_digits import is_licence, is_my_number
from intake.screening.findings import Hit, Kind
from intake.screening.page import Page

_NEAR, _FAR = 16, 40  # characters between a word and its number
_NO_DIGIT = re.compile("[^0-9]")
_DASH = "[- ー]"
_TWELVE = re.compile(rf"(?<![0-9])[0-9]{{4}}({_DASH}?)[0-9]{{4}}\1[0-9]{{4}}(?![0-9])(?!{_DASH}[0-9])")
_MY_NUMBER_WORD = re.compile(r"マイナンバ|個人番号|マイナ(?:カード|番号)|my ?number", re.IGNORECASE)
_OTHER_NUMBER_WORD = re.compile(
    r"(?:免許|注文|伝票|問い?合わせ|追跡|契約|管理|受付|整理|会員|顧客|商品|品番|型番|案件|見積|請求|登録|法人|ロット|シリアル|チケット|発注|口座|カード|予約)"
    r"[^0-9\n。]{0,8}$|[製図部機品型][番号][^0-9\n。]{0,4}$"
)
_ID = r"(?<![A-Za-z0-9])(?P<id>[A-Z]{0,3}-?[0-9][0-9 -]{2,18}[0-9]|[A-Z]{1,3}[0-9]{3,12}[A-Z]{0,2})(?![A-Za-z0-9])"
_COUNTED = r"(?! ?(?:桁|ケタ|文字|件|名|人|個|%|円|種類|年|月|日|枚|社|台))"

# The word, and the number within a few characters behind it.
_WORDED = (
    (
        Kind.INSURANCE_NUMBER,
        r"(?:保険証|健康保険|健保|被保険者|保険者|基礎年金|年金手帳|厚生年金|雇用保険|労災保険|国保|資格確認書|介護保険|後期高齢者)"
        r"[^0-9\n。]{0,14}?",
    ),
    (
        Kind.OTHER_ID,
        r"(?:パスポート|旅券|在留カード|在留資格|運転免許証?|免許証|免許|住民票コード|診察券|診察|カルテ|患者|口座|クレジットカード|カード|障害者手帳|手帳|特別永住者証明書|学籍|受験|戸籍)"
        r"(?:の)?(?:番号|No\.?|NO\.?|№|ID|コード)?[^0-9A-Z\n。]{0,8}?",
    ),
)
_WORDED_PATTERNS = tuple((kind, re.compile(word + _ID + _COUNTED)) for kind, word in _WORDED)
_MARK_AND_NUMBER = re.compile(
    r"(?:記号|証番号)[^0-9\n。]{0,4}?(?P<mark>[0-9]{1,8}(?:-[0-9]{1,4})?)[^0-9\n。]{1,6}?番号?[^0-9\n。]{0,4}?(?P<number>[0-9]{1,8})(?![0-9])"
)
_RESIDENCE_CARD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{8}[A-Z]{2}(?![A-Za-z0-9])")
_PENSION = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{6}(?![0-9-])")
_BANK = re.compile(r"(?:普通|当座)(?:預金|口座)?[^0-9\n。]{0,3}([0-9]{7})(?![0-9])")
_CARD = re.compile(rf"(?<![0-9])[0-9]{{4}}({_DASH})[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}(?![0-9])")


def find(page: Page) -> Iterator[Hit]:
    """Every such number."""
    yield from _twelve_digits(page.text)
    for found in _MARK_AND_NUMBER.finditer(page.text):
        yield Hit(*found.span("mark"), Kind.INSURANCE_NUMBER)
        yield Hit(*found.span("number"), Kind.INSURANCE_NUMBER)
    for kind, pattern in _WORDED_PATTERNS:
        for found in pattern.finditer(page.text):
            if _is_number(found["id"]):
                yield Hit(*found.span("id"), kind)
    for pattern, kind in (
        (_RESIDENCE_CARD, Kind.OTHER_ID),
        (_PENSION, Kind.INSURANCE_NUMBER),
        (_CARD, Kind.OTHER_ID),
    ):
        for found in pattern.finditer(page.text):
            yield Hit(*found.span(), kind)
    for found in _BANK.finditer(page.text):
        yield Hit(*found.span(1), Kind.OTHER_ID)


def _is_number(written: str) -> bool:
    """At least four digits, and no date."""
    digits = sum(character.isdigit() for character in written)
    return digits >= 4 and not re.fullmatch(r"(?:19|20)[0-9]{2}-[0-9]{1,2}(?:-[0-9]{1,2})?", written)


def _twelve_digits(text: str) -> Iterator[Hit]:
    for found in _TWELVE.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        around = before + text[found.end() : found.end() + _NEAR]
        digits = _NO_DIGIT.sub("", found[0])
        if _MY_NUMBER_WORD.search(around):
            yield Hit(*found.span(), Kind.MY_NUMBER)
        # Further away the word alone is too little, and the check digit makes up for it.
        elif is_licence(digits) and "免許" in text[max(0, found.start() - _FAR) : found.start()]:
            yield Hit(*found.span(), Kind.OTHER_ID)
        # Random numbers pass the check digit one time in ten: a word for another number speaks against it.
        elif is_my_number(digits) and not _OTHER_NUMBER_WORD.search(before):
            yield Hit(*found.span(), Kind.MY_NUMBER)
