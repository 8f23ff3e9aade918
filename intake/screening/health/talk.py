"""2-1: what a sentence tells of an illness — that somebody has it, or something in general."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from intake.screening.health.persons import Person
from intake.screening.words import words

_BEFORE, _BEHIND, _FAR, _WHEN_BEFORE = 12, 24, 30, 20  # how far from the term its sentence is read
_HAPPENED = re.compile(
    r"(?:中|した|なった|された|ました|ている|います|あります|ております|ございます|ており|でいる|でいます|ておる|てる|った|いた"
    r"|です|である|だった|とのこと|そうです|らしい|ようだ|ようです|模様|疑い|末期|歴あり|あり|有り|様子|な)"
    r"[がのでため、ところ]{0,4}$"
)
_SO_FAR = re.compile(
    "(?:ました|でした|ています|ており|ていて|がいて|[よそ]うです|みたいです|らしい|とのこと)(?:が|ので|ため)?、"
)
_AT_LAST = re.compile("(?:ました|でした|だった|であった|との(?:こと|話)(?:です)?)[」)]?$")
_NOTHING_MORE = re.compile(r"[)」』\s]*")
# 上がらない, 働けず; and 〜のため, 2回目.
_OTHER_EVENT = (
    "安静|のため(?!の|に)|[0-9][通回度]目|[えけげせねべめれ](?:ない|なく|ず|ません|られず)|できません"
)
_WHEN = re.compile(
    "先月|先週|先日|後日|翌日|その後|昨日|今朝|昨年|去年|一昨年|今月|今週|おととい|半年前|春から|夏から|秋から|冬から"
    "|[0-9]{1,2}(?:月|日|年前|か月前|ヶ月前|カ月前|週間前|月から|日から)|現在|今も|ずっと|以前|当時|入社前|年始|年末|年明け"
    "|連休明け|から(?:休|通|入|服|欠)"
)
_PLURAL = re.compile(
    r"(?<![0-9一二三四五六七八九十])[年月]に|全(?:教?[社職]員|従業員|スタッフ|[ァ-ヴー]{3,}|社|店|拠点)"
    r"|たち|達|ら(?=が|は|の)|全員|各|複数|数名|数人|[2-9][0-9]?名|[1-9][0-9]{1,3}名"
    r"|[二三四五六七八九十百千万数]{1,5}[人名件](?!のうち|中|目)|(?:[2-9]|[1-9][0-9]{1,3})人(?!のうち|中)"
    r"|(?:休職|復職|不調|所見|罹患|希望|対象|該当|退職|離職|受診|経験|利用|感染|既往|発症|労働|ストレス|保有|疑い"
    r"|高齢|圧|病)者[がのはにをもへ]"
)
_STRONG_GENERAL = re.compile(
    r"多い|多く|多発|増え|増加|急増|目立|相次|減少|年々|毎年|全国|年[0-9二三四五六七八九十数]{1,2}回"
    r"|(?:社員|職員|従業員|スタッフ|者|方|人)が(?:[2-9]|[1-9][0-9]{1,3}|[二三四五六七八九十数])[名人](?:い|お|程|ほど|前後|弱|強)"
    r"|割(?:を|が|は|程度|近)|[0-9][%割件]|患者|社員が増|方が増|人が増|全般|の法則|とは"
)
# What ends in たい and is no wish for a product, and a wish that says only why the person writes.
_NO_WISH = re.compile(
    "みたい|[いだ]いたい|死にたい|消えたい|冷たい|痛い|重たい|辞めたい|相談したい|いただきたい|お願いしたい"
    "|(?:遅刻|欠勤|休み|早退|残業|ミス|離席|欠席|忘れ物)[がも]多[いく]"
)
_CLAUSE = re.compile("[ぁ-ん](?<![やとどか])、")  # a new clause, not the next of a row


def told(text: str, start: int, end: int, closing: int) -> int:
    """Points for what is told of the term from `start` to `end`, or for nothing more being said."""
    last = min(closing, end + _BEHIND)
    behind = text[end:last]
    event = _event().search(behind) or _event().search(text, max(0, start - _BEFORE), start)
    happened = (
        _HAPPENED.search(behind.rstrip(" 、"))
        or _SO_FAR.search(behind)
        or _NOTHING_MORE.fullmatch(behind)
        or _AT_LAST.search(text, max(end, closing - _BEFORE), closing)
    )
    when = _WHEN.search(text, max(0, start - _WHEN_BEFORE), last)
    return bool(event) + bool(happened) + bool(when)


@dataclass(frozen=True)
class Generality:
    """How much a sentence speaks of many: points, and where it has words of programmes, rules and wishes."""

    strong: int
    weak: int
    places: tuple[int, ...]

    def against(self, person: Person, end: int, clause: int) -> int:
        """Points against an individual without a name, of whose illness the words to the end of its clause tell most.

        The surer the person, the less a wish in the same sentence counts.
        """
        near = bisect_left(self.places, clause) - bisect_left(self.places, end)
        if person is Person.DEFINITE:
            return self.strong + min(2, near) // 2
        return self.strong + min(4, near + self.weak // 3)


def general_words(text: str) -> list[str]:
    """Those of our words for programmes, rules and wishes that stand in the text at all."""
    return [word for word in words("general_talk") if word in text]


def generality(text: str, opening: int, closing: int, known: Sequence[str]) -> Generality:
    """What a sentence says of many and in general; `known` are the `general_words` of the text."""
    sentence = _NO_WISH.sub(lambda found: "-" * len(found[0]), text[opening:closing])
    strong = 3 * bool(_STRONG_GENERAL.search(sentence)) + bool(_PLURAL.search(sentence))
    said = [word for word in known if word in sentence]
    places = sorted(
        opening + found.start() for word in said for found in re.finditer(re.escape(word), sentence)
    )
    return Generality(strong, len(said), tuple(places))


def end_of_clause(text: str, end: int, closing: int) -> int:
    """How far behind a term its sentence can speak against an individual."""
    last = min(closing, end + _FAR)
    clause = _CLAUSE.search(text, end, last)
    return clause.start() if clause else last


@cache
def _event() -> re.Pattern[str]:
    return re.compile("|".join([*sorted(words("events")), _OTHER_EVENT]))
