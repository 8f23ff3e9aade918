"""2-1: whoever a sentence calls by what he does: 溶接工が, うちの療法士さん, 薬局長は — without a list of callings."""

import re
from collections.abc import Iterator

from intake.screening.health.persons import Person
from intake.screening.words import one_of

# The last character of a calling, and the words that end the same way and are none: 関係, 相手, 成長.
_ENDS = (
    "(?<![全満定人動要欠増減])員|(?<![同武])士|(?<![医法])師|(?<![相苦勝上下着入先派大若両片右左])手"
    "|(?<![施加着竣人起完商図])工|(?<![関])係|(?:習|修|卒|学|校|練)生|(?<![患害])者|准看|助手|介護福祉"
)
# テスター, エンジニア, セラピスト, but no ユーザー and no センター.
_IN_KATAKANA = (
    "(?<!ユ)(?<!セン)(?<!ベン)(?<!メー)(?<!モニ)(?:[ナタダラザ]ー|ジャー|ニア|リード|スト|ボス|マン)"
)
_CALLING = rf"(?<=[一-龥ァ-ヴー])(?:{_ENDS}|{_IN_KATAKANA})"
_HEAD = "(?<=[一-龥])(?<![成延増特身全助伸波最年体細])長"
_POLITE = "(?:さん|の方|の子|の人|君|くん)"
_SUBJECT = r"(?=が|は|も|、|,|:|\(|「| |→|から|より|なの|ですが|です|で、|$)"
_CALLED = re.compile(rf"(?:(?P<head>{_HEAD})|{_CALLING})(?P<polite>{_POLITE})?{_SUBJECT}")
_POLITELY = re.compile(
    rf"{_CALLING}{_POLITE}(?=の|を|に|と)|[一-龥ァ-ヴー]さん(?=が|は|も|、|から)"
    "|(?:社員|職員|従業員)さん(?!たち|達|ら)"
)
_HERE = one_of("うち 当社 弊社 当院 当校 当園 当店 当館 当所 当方 本校 我が社 わが社 当課 当部 当局")
_OURS = re.compile(rf"{_HERE}の[^、。はがを]{{0,6}}$")
_CLASS = re.compile(
    "(?:休職|復職|不調|所見|罹患|希望|対象|該当|退職|離職|受診|経験|利用|感染|既往|発症|労働|ストレス|保有|疑い"
    "|[ぶむるすうくつた]|高齢|圧|病|責任|管理|担当|事業|業|関係|第三|消費)者$"
)
# 「打ち明けた方がいます」, but not 「休ませた方がいい」.
_WHO = re.compile(
    "(?<=[たるい])(?:方|人|子)(?=が|は|も|から|より)(?!が(?:良|よ|い[いく]|多|少|早|速|安|楽|高|低|助|望|適|ま))"
)
_INTRODUCED = re.compile(
    rf"(?:(?:{_HEAD}|{_CALLING}){_POLITE}?|社員|職員|スタッフ|男性|女性)(?:です|で|である)?[ )]?$"
)
_OURS_LENGTH = 12


def called(text: str, opening: int, closing: int) -> Iterator[Person]:
    """What every calling of the sentence is worth: 「薬局長が」 is one, 「溶接工が」 may be many."""
    for found in _CALLED.finditer(text, opening, closing):
        if _CLASS.search(text, max(opening, found.start() - 3), found.end()):
            continue
        ours = _OURS.search(text, max(opening, found.start() - _OURS_LENGTH), found.start())
        yield Person.ONE if ours or found["head"] or found["polite"] else Person.KIND
    if _POLITELY.search(text, opening, closing):
        yield Person.ONE
    if _WHO.search(text, opening, closing):
        yield Person.KIND


def introduced(text: str, opening: int, closing: int) -> bool:
    """Whether the sentence ends with somebody: 「放射線技師。」 「相談者は工学士です。」."""
    return bool(_INTRODUCED.search(text, max(opening, closing - _OURS_LENGTH), closing))
