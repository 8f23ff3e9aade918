"""2-1: words for illness, treatment and results, from our lists and by the endings that illnesses have."""

import re
from collections.abc import Iterator
from functools import cache

from intake.screening.page import Page
from intake.screening.words import one_of, words

# 〜病, 〜症 and the like; the kanji or katakana before the ending belong to the term.
_ENDINGS = one_of(
    "症候群 障害 腫瘍 変性 不全 出血 梗塞 骨折 損傷 断裂 狭窄 結石 硬変 欠損 奇形 失調 中毒 麻痺 ヘルニア リンパ腫 筋腫"
    " 血腫 ポリポーシス 神経痛 関節痛 頭痛 萎縮 硬化 穿孔 閉塞 亢進 脱臼 挫傷 肉離れ 嚢腫 [病症炎癌瘍瘤腫]"
)
# レーガン ends in no illness: behind katakana ガン is a part of the word.
# The first characters alone are looked for; the rest of the pattern is tried where one stands.
_FIRST = "".join(sorted({ending[0] for ending in _ENDINGS.strip("(?:)").split("|")} - {"["}))
_ENDING = re.compile(
    rf"(?=[{_FIRST}病症炎癌瘍瘤腫がガ])(?:{_ENDINGS}(?![一-龥])|(?:がん|(?<![ァ-ヴー])ガン)(?![ぁ-んァ-ヴ]))"
)
_BODY = re.compile("[一-龥々ァ-ヴー]{1,10}$")
_RADICAL = re.compile("[疥癬疹痘疱瘡痢痙癲癇疽瘻癩痺聾唖][一-龥]{0,2}")
_KANJI_BEFORE = re.compile("[一-龥]{1,4}$")
_TECHNICAL = one_of(
    "システム 通信 ネットワーク 回線 サーバー? 機器 電波 電源 電力 設備 機械 サービス クラウド アプリ ソフト ハード"
    " 接続 大規模 瑕疵 環境 業務 進行 情報 物損 走行 安全 交通 輸送 広域 全面 重大 軽微 一部 長時間 発生 復旧"
)
_NO_ILLNESS = re.compile(
    rf"^障害$|{_TECHNICAL}障害$"
    r"|(?:看|臆|疫|仮|急|発|闘|職業|生活習慣|現代|国民|伝染|無|同|難|持|社会|風土|公害|万|大企業|奇)病$"
    r"|^(?:病|症|炎|癌|軽症|重症|発症|合併症|後症|既往症|感染症|依存症|火炎|気炎)$"
    r"|(?:データ|資産|器物|物的|毀損|財産|信用)損傷$|経営不全$"
)

# Figures and grades of an examination: only with their value do they say something of a person.
# The years of the epidemic, no one's illness: コロナ禍, コロナ前.
_EPOCH = re.compile(
    r"(?:新型)?コロナ(?:禍|前|以降|以後|下|病棟|ショック|融資|の(?:頃|ころ|影響)|時代|で(?:組織|会社|社内|業|売|在宅|テレ|リモ|働))"
)
_PRESSURE = r"(?:最高|最低|収縮期|拡張期)?血圧[がはも値:]{0,2} ?(?:上が?)?[0-9]{2,3}(?:[/-][0-9]{2,3})?"
_MEASURE = one_of(
    "HbA1c ヘモグロビンA1c 血糖値? BMI \u03b3-?GTP ガンマGTP ALT AST GOT GPT LDL HDL コレステロール 中性脂肪 尿酸値?"
    " クレアチニン eGFR ヘモグロビン 白血球 CRP PSA 視力 聴力 体重 体脂肪率? 腹囲"
)
_FIGURE = r"(?:が|は|も|:|の値が|の数値が)? ?[0-9]{1,4}(?:\.[0-9]{1,2})?(?:%|kg|cm|dB)?"
_POSITIVE = (
    r"(?:PCR|抗原|抗体|薬物|ドラッグ|アルコール|HIV|梅毒|結核|尿|便潜血|妊娠)?(?:検査)?[でがは]?陽性(?!者)"
)
_GRADE = r"(?:障害(?:者手帳)?|要介護)[^。\n0-9]{0,6}[1-7](?:級|度)"
_CLASS = r"(?:判定|区分|評価)[がは:]? ?[A-E][0-9]?(?:判定)?(?![A-Za-z])|[CDE]判定"
_STRESS = r"ストレスチェック[^。\n]{0,12}(?:[0-9]{2,3}点|高ストレス)"
_RESULT = re.compile("|".join([_PRESSURE, _MEASURE + _FIGURE, _POSITIVE, _GRADE, _CLASS, _STRESS]))


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every term, the longest where they overlap, in order."""
    spans = sorted(
        {*_listed(page.text), *_by_ending(page.text), *_results(page.text)},
        key=lambda span: (span[0], -span[1]),
    )
    last = -1
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end


def _results(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _RESULT.finditer(text))


def _by_ending(text: str) -> Iterator[tuple[int, int]]:
    for ending in _ENDING.finditer(text):
        body = _BODY.search(text, max(0, ending.start() - 10), ending.start())
        if body and not _NO_ILLNESS.search(text[body.start() : ending.end()]):
            yield body.start(), ending.end()
    # Characters with the radical of illness stand in little else: 疥癬, 湿疹.
    for found in _RADICAL.finditer(text):
        before = _KANJI_BEFORE.search(text, max(0, found.start() - 4), found.start())
        yield before.start() if before else found.start(), found.end()


def _listed(text: str) -> Iterator[tuple[int, int]]:
    known = _by_first()
    for offset, character in enumerate(text):
        for term in known.get(character, ()):
            if (
                text.startswith(term, offset)
                and not _EPOCH.match(text, offset)
                and _whole(text, offset, offset + len(term))
            ):
                yield offset, offset + len(term)
                break


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the term does not merely begin or end inside another word: SAS in SASE, ガン in ガンダム."""
    first, last = text[start], text[end - 1]
    before, behind = text[start - 1 : start], text[end : end + 1]
    if last.isascii() and last.isalnum() and behind.isascii() and behind.isalpha():
        return False
    if first.isascii() and first.isalnum() and before.isascii() and before.isalnum():
        return False
    katakana = "ァ" <= first <= "ヴ" and "ァ" <= last <= "ー"
    if katakana and (("ァ" <= before <= "ー" and before) or ("ァ" <= behind <= "ー" and behind)):
        return False
    if text[start:end] not in _SHORT:
        return True
    inside = _hiragana(before) and before not in _BEFORE_SHORT
    return not inside and behind != "伏" and (not _hiragana(behind) or behind in _BEHIND_SHORT)


# うつ伏せ, がんばる: the two words in hiragana need a particle, or no hiragana, on both sides.
_SHORT = frozenset(["うつ", "がん"])
_BEFORE_SHORT = frozenset("はがでもにやとの")
_BEHIND_SHORT = frozenset("はがでもにやとのをなかだっらみ")


def _hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ゖ" if character else False


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    """Our terms by their first character, the longest first."""
    index: dict[str, list[str]] = {}
    for term in words("illnesses") | words("treatments"):
        index.setdefault(term[0], []).append(term)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in index.items()}
