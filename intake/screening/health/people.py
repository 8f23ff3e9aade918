"""2-1: who a sentence speaks of, from nobody to somebody by name."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from intake.screening.findings import Hit
from intake.screening.health import callings
from intake.screening.health.persons import Person
from intake.screening.page import Page
from intake.screening.words import lines, one_of

_MASKED = r"(?:[A-Z](?:\.?[A-Z]\.?)?|[甲乙丙丁]|[\u3007○●◯△×■X]{1,3}|某)"
_POLITE = one_of(
    "さん 氏 様 さま くん 君 ちゃん 殿 先生 社員 従業員 職員 主任 係長 課長 部長 次長 店長 室長 リーダー 専務 社長"
)
_CASE = one_of("社員 従業員 職員 スタッフ 対象者 休職者 ケース 事例 症例 患者 部下 上司 同僚")
_CALLING = "[一-龥](?:員|者|手|工|士|師|長|生)"  # whoever is called by what he does: 係員, 溶接工, 組長
_INITIAL = re.compile(
    rf"(?<![A-Za-z0-9]){_MASKED}(?:{_POLITE}|[一-龥]{{0,2}}(?<!型)[一-龥](?:員|者|長)(?!会))"
    rf"|(?:{_CASE}|{_CALLING})[ :(「]?(?:[A-Z](?![A-Za-z0-9])|[甲乙丙](?![一-龥]))"
    r"|(?:(?<=の)|(?<=、)|(?<![^\n]))[A-Z](?=が|は|も)"
)
_YEARS = "(?:[1-9][0-9](?:歳|才))"
_SEX = "(?:男性?|女性?|♂|♀)"
_POST = one_of(
    "社員 従業員 職員 スタッフ 管理職 パート 部下 課長 主任 係長 部長 営業 エンジニア"
    " [一-龥ァ-ヴー]{1,6}(?:員|士|師|手|工|長|生|助手)"
)
_AGE = re.compile(
    rf"(?<![0-9])(?:[1-8]0代(?:前半|半ば|後半)?|{_YEARS})[の、・/で ]?{_SEX}?{_POST}?"
    rf"|{_SEX}{_POST}?[、・/( ]{{1,2}}(?:[1-8]0代|{_YEARS}|[1-7][0-9](?=\)))"
    rf"|(?:代表|{_POST})\([1-7][0-9](?=[)、・/]|歳|才)"
)
_THAT = one_of(
    "(?<![のがはも])ある (?<=[内社部課場署店室]の)ある"
    " とある 某 うちの 弊社の 当社の 1人の 一人の ひとりの 1名の 一名の その この あの 例の 問題の"
    " 件の 今回の 先日の"
)
_SOMEBODY = one_of(
    "社員 従業員 職員 スタッフ 者 方 人 部下 同僚 上司 課長 係長 主任 部長 店長 男性 女性 若手 メンバー ドライバー"
    " 運転手 新人 派遣"
)
_ONE = re.compile(
    rf"{_THAT}(?:[一-龥ァ-ヴー]{{0,6}}の?)?{_SOMEBODY}"
    r"|(?<![0-9一二三四五六七八九十])(?:1名|一名|お?(?:1|一)人|お?ひとり)(?!当|あた|ひとり|一人|1人|に|ずつ|以上|分|前)"
    r"|(?:の|うち)(?:1人|一人|ひとり|1名|一名)(?!当|あた|ひとり|一人|1人|ずつ|以上|分)"
    r"|入社[0-9一二三四五六七八九十半]{1,3}(?:年目|か月|ヶ月|カ月|年|日)の?|(?:勤続|在籍)[0-9]{1,2}年の?"
    r"|(?:今年|昨年|去年|[4四]月)に?(?:入社|入った|採用|異動|配属)[しさ]?[れ]?[たの]"
    rf"|{_YEARS}"
)
_OF_WHOM = re.compile(r"[男女♂♀社従職スパ管部課主係営エ代]|歳|才|[一-龥](?:員|士|師|手|工|長|生|者|助手)$")
# 「経理の子が」「前回指摘の者、」: one of them, unless the words before tell an illness.
_OF_THEM = re.compile(r"の(?:者|人|子|方|男|女)(?=が|は|も|、|,| |から|より|について)")
# 「持病があると話した社員」: one told it, once.
_SAID_SO = re.compile(
    "(?:話し|打ち明けて?|申告し|告白し|漏らし|申し出て?)(?:てくれ|てき)?た(?:社員|職員|従業員|スタッフ|者|方|人|部下)(?!に|は|も|等|など|を対象)"
)
_THERE_IS = re.compile("が(?:い(?:て|ます|まし|る(?!と|場合|会社|職場|中|ため|こと|の))|おり|1名|一名)")
_THERE_WAS = re.compile(
    "(?:者|人|方|社員|職員|従業員|スタッフ|メンバー|子)が(?:お?(?:1|一)[名人])?(?:います|いる$|おります|おり、|いて)"
)
_SELF = re.compile(one_of("本人 当人 当該 彼女? 自分 同人 この人 その人 この方 その方 この者"))
_SENTENCES_BACK = 2
_HAPPENED = re.compile("(?:ました|でした|た)[」)]?$")
_TEACHING = re.compile(r"詳し|専門|講演|講師|研修|著書|監修|セミナー|執筆|得意")
_ITS_SUBJECT = re.compile(
    r"(?:さん|の方|の者|職)?(?:が|は|も|→|なの|です(?!か)|の(?!た|よ)|、|,|:|\(|「| |から|より|$)"
)
_ITS_OBJECT = re.compile(r"(?:さん|の方)?(?:に(?!も|つ|対|と)|を|と|で)")


_GROUPS = {"[nobody]": Person.NOBODY, "[self]": Person.DEFINITE, "[one]": Person.ONE, "[kind]": Person.KIND}


@dataclass(frozen=True)
class Told:
    """A page, where persons are named on it, and its terms of illness by their starts and ends."""

    page: Page
    named: Sequence[int]
    terms: Mapping[int, int]
    ends: frozenset[int]


def told_of(page: Page, names: Iterable[Hit], terms: Iterable[tuple[int, int]]) -> Told:
    """The page with what was found on it before."""
    by_start = dict(terms)
    return Told(page, sorted(name.start for name in names), by_start, frozenset(by_start.values()))


def most_definite(told: Told, number: int) -> Person:
    """Whom the sentence speaks of, or where it is nobody for sure, those before it."""
    here = spoken_of(told, number)
    return here if here >= Person.KIND else max(here, told_before(told, number))


def spoken_of(told: Told, number: int) -> Person:
    """The most definite person of the sentence; a word inside a term of illness is no person."""
    opening, closing = told.page.sentences[number]
    return _definite(told, opening, closing) or max(_roles(told, opening, closing), default=Person.NOBODY)


def told_before(told: Told, number: int) -> Person:
    """Somebody of the two sentences before, when this one names nobody: 「Aさんの件です。うつ病とのことです。」."""
    text, sentences = told.page.text, told.page.sentences
    for before in sentences[max(0, number - _SENTENCES_BACK) : number]:
        if _definite(told, *before) or _SELF.search(text, *before):
            return Person.ONE
        if _THERE_WAS.search(text, *before) or callings.introduced(text, *before):
            return Person.ONE
    last = sentences[number - 1] if number else (0, 0)
    role = max(_roles(told, *last), default=Person.NOBODY)
    happened = role is Person.KIND and _HAPPENED.search(text, *last)
    return Person.KIND if role >= Person.ONE or happened else Person.NOBODY


def _definite(told: Told, opening: int, closing: int) -> Person:
    text = told.page.text
    named = bisect_left(told.named, opening) < bisect_left(told.named, closing)
    if named and not _TEACHING.search(text, opening, closing):
        return Person.NAMED
    if _INITIAL.search(text, opening, closing):
        return Person.NAMED
    if _ONE.search(text, opening, closing) or _aged(text, opening, closing):
        return Person.DEFINITE
    return Person.NOBODY


def _aged(text: str, opening: int, closing: int) -> bool:
    """Somebody of an age and a sex, or of an age and a post; 「30代が多い」 is nobody."""
    return any(_OF_WHOM.search(found[0]) for found in _AGE.finditer(text, opening, closing))


def _roles(told: Told, opening: int, closing: int) -> Iterator[Person]:
    """What every word for a person is worth, by whether it is the subject: 「同僚が」「部下の」「主任、」."""
    text, terms, by_first = told.page.text, told.terms, _by_first()
    yield from callings.called(text, opening, closing)
    if _SAID_SO.search(text, opening, closing):
        yield Person.ONE
    for found in _OF_THEM.finditer(text, opening, closing):
        if found.start() not in told.ends or _THERE_IS.match(text, found.end()):
            yield Person.ONE
    offset = opening
    while offset < closing:
        if offset in terms:
            offset = terms[offset]
            continue
        for word, person in by_first.get(text[offset], ()):
            if text.startswith(word, offset):
                offset += len(word) - 1
                beside = offset + 1 in terms  # 「わたしADHDなんですけど」
                yield person if beside else _as_used(person, text[offset + 1 : min(closing, offset + 5)])
                break
        offset += 1


def _as_used(person: Person, behind: str) -> Person:
    if person is Person.NOBODY or _ITS_SUBJECT.match(behind):
        return person
    if person is Person.DEFINITE or _ITS_OBJECT.match(behind):
        return Person(person - 1)
    return Person.NOBODY


@cache
def _by_first() -> dict[str, tuple[tuple[str, Person], ...]]:
    """Our words for a person by their first character, the longest first."""
    index: dict[str, list[tuple[str, Person]]] = {}
    person = Person.NOBODY
    for row in lines("individual"):
        if row[0] in _GROUPS:
            person = _GROUPS[row[0]]
            continue
        for word in row:
            index.setdefault(word[0], []).append((word, person))
    return {first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in index.items()}
