"""2-1: what is told of a life, so that a word that no dictionary has is a person there: 「ソルヴェンは昇進した」."""

import re

from intake.screening.dictionary import NAMES, Tag
from intake.screening.names import shapes
from intake.screening.names.context import at
from intake.screening.page import Page
from intake.screening.words import one_of

_REACH = 50  # characters between 「は」 and what is told
_TOLD = one_of(
    "に(?:昇進|就任|入学|入団|入隊|入門|師事|留学|当選|任命|任じ|任ぜ|移籍|在学|生まれ|転じ|嫁い|改宗|即位|出馬|出頭)"
    " を(?:卒業|中退|退任|辞任|引退|務め|演じ|歴任)"
    " と(?:結婚|離婚|再婚|婚約|恋|交際|語っ|語り|語る|述べ|主張|反論|証言|共演)"
    " (?:死去|戦死|病死|急死|客死|逝去|即位|亡命|結婚|離婚|再婚|婚約|引退|自殺|辞任|出家|渡米|渡英|帰国|殉職)"
    "(?:し|さ|す|、|。|$)"
    " 亡くなっ 亡くなり 息を引き取 生まれた 生まれる 育った 殺害され 暗殺され 処刑され 逮捕され 魅了され 恋に 憧れ"
    " として(?:活動し|勤務し|赴任|出征)"
    " 受章 叙勲 軍を率い 隊を率い 激怒 微笑 執筆 作曲し 演奏し 歌っ 歌う 踊っ 移住し 逃亡し 釈放され 服役し を過ごし"
    " 生まれの の[一-龥ァ-ヴー]{0,8}(?:(?<!専門)(?<![国一自実])家|学者|作者|記者|犯罪者|創始者|指導者"
    "|選手|投手|俳優|女優|歌手|監督|軍人|貴族|詩人|弁護士|アナウンサー)(?:。|$|、|である|であり|で、|だった)"
    " [0-9](?:ヤード|得点|ゴール|アシスト|打点|三振|盗塁|本塁打) 先発し 登板 本塁打 決勝点"
)
_SUBJECT = re.compile(rf"(?:は|が|も)[^。\n]{{0,{_REACH}}}?{_TOLD}")
_KIN = "(?:妻|夫|夫人|息子|長男|次男|娘|長女|次女|父|母|兄|弟|姉|妹|甥|姪|孫|弟子|門下|恋人|婚約者|未亡人|教え子)"
_OTHERWISE = re.compile(
    r"と(?:結婚|離婚|再婚|婚約|交際|共演|恋|兄弟|親友|共に|ともに|一緒に|知り合)|に(?:師事|嫁|求婚|恋)"
    r"|を(?:妻|夫|養子|暗殺|殺害|処刑|逮捕|尋問|釈放|追放|追い|任命|説得|愛し)"
    r"|(?:兄弟|姉妹|父子|親子|夫妻)(?!会社|都市|校|局|船|紙|誌)"
    r"|[はがをにのと][^。\n]{0,40}?彼女?[はのがをにも]|役(?:を|の(?!割)|に|で)"
    rf"|の(?:{_KIN}|生涯|死後|没後|遺体|遺志|伝記|自伝|戯曲|詩集)(?![一-龥])"
)
# 主演俳優の, 通訳の: who somebody is, by the last character; behind whoever works a thing may stand as well.
_WORKING = frozenset("者手家師士長役督男女")
_KINDRED = frozenset("優訳王妻夫父母娘兄弟姉妹友兵徒爵将")
_CALLINGS = _KINDRED | _WORKING
_WHO_IS = re.compile(
    f"(?:[{''.join(sorted(_CALLINGS))}]|[1一]人)であ(?:る|った)$"
)  # 娘であるレディ・マルヴィナ
_SAID = ("は", "が", "も", "、")


def is_told_of(page: Page, start: int, end: int) -> bool:
    """Whether the sentence tells of the passage what only persons do or have: a marriage, a post, a death."""
    if _OTHERWISE.match(page.text, end) or _SUBJECT.match(page.text, end):
        return True
    return bool(_WHO_IS.search(page.text, max(0, start - 6), start))


def is_called(page: Page, index: int) -> bool:
    """容疑者のレオンは, 通訳のメルザンと: behind a calling and 「の」, or directly: 友エルダンが."""
    calling, owner = at(page, index - 2), at(page, index - 1)
    if owner is not None and is_kindred(owner.text):
        return page.text.startswith((*_SAID, "と"), page.tokens[index].end)
    if calling is None or owner is None or owner.text != "の":
        return False
    behind = _SAID if calling.text[-1] in _WORKING else (*_SAID, "と", "に", "を")
    return calling.text[-1] in _CALLINGS and page.text.startswith(behind, page.tokens[index].end)


def is_kindred(word: str) -> bool:
    """Whether the word says whose friend, wife or translator somebody is."""
    return word[-1] in _KINDRED and shapes.is_kanji(word)


def is_somebody(page: Page, index: int) -> bool:
    """An unknown word in katakana, alone in its phrase, of which a life is told."""
    token, before = page.tokens[index], at(page, index - 1)
    if before is not None and (
        before.tag in NAMES or shapes.is_katakana(before.text) or before.text in "・「『"
    ):
        return False
    unknown = token.unknown and token.tag in {Tag.NOUN, Tag.PROPER} and len(token.text) > 2
    return unknown and is_told_of(page, token.start, token.end)
