"""2-1: what stands around a possible name — honorifics and posts behind it, compounds, the end of a phrase."""

import re
from functools import cache

from intake.screening.dictionary import NOUNS, Tag, Token
from intake.screening.names import shapes
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST_PHRASE = 4  # words of the tokenizer in one post or role: 常務|執行|役員
_ENDING = frozenset({Tag.PARTICLE, Tag.SYMBOL, Tag.SPACE, Tag.AUXILIARY, Tag.WHEN})
_COMPOUNDING = NOUNS | {Tag.SUFFIX, Tag.NUMBER, Tag.PREFIX}
# 「オバマ元大統領」「オバマ米大統領」
FORMER = frozenset({"元", "前", "現", "新", "故", "米", "英", "仏", "独", "露"})
_CALLED_SO = re.compile(
    "という(?:地名|会社|店|町|サービス|製品|ソフト|システム|ツール|アプリ|名の(?:製品|会社|店|町|犬|猫))"
)
_SUBJECT = frozenset({"が", "は", "も", "から", "に", "より", "まで", "と"})
_COPULAS = (
    "です",
    "だ",
    "でし",
    "である",
    "で",
    "宛",
    "あて",
    "宛て",
    "気付",
    "ら",
    "たち",
    "達",
    "本人",
    "自身",
)


def phrase_at(page: Page, index: int, known: frozenset[str]) -> int:
    """How many words from `index` on make up the longest phrase of the list; 0 for none."""
    if index >= len(page.tokens) or not page.phrases[index]:
        return 0
    longest = 0
    for count, phrase in enumerate(page.phrases[index], start=1):
        if phrase in known:
            longest = count
    return longest


def phrase_before(page: Page, index: int, known: frozenset[str]) -> int:
    """How many words directly before `index` make up a phrase of the list; 0 for none."""
    endings = _endings(known)
    longest = 0
    phrase = ""
    for count in range(1, min(_LONGEST_PHRASE, index) + 1):
        phrase = page.tokens[index - count].text + phrase
        if phrase not in endings:
            break
        if phrase in known:
            longest = count
    return longest


@cache
def _endings(known: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase[start:] for phrase in known for start in range(len(phrase)))


@cache
def markers() -> frozenset[str]:
    """Everything polite or official that follows a name."""
    return words("honorifics") | words("titles") | words("place_titles")


def addressed(page: Page, index: int) -> bool:
    """Whether an honorific or a post starts at the word."""
    return bool(phrase_at(page, index, _polite())) or _heads(page, index)


@cache
def _polite() -> frozenset[str]:
    return words("honorifics") | words("titles")


def _heads(page: Page, index: int) -> bool:
    """総|料理|長, 薬局|長: the head of something, except of a place."""
    if not page.heads:
        return False
    for head in range(index + 1, min(index + 4, len(page.tokens))):
        before = page.tokens[head - 1]
        if head in page.heads:
            return before.text not in words("things_named_after")
        if before.tag not in {Tag.NOUN, Tag.PREFIX}:
            return False
    return False


def at(page: Page, index: int) -> Token | None:
    """The word, or None beyond either end of the text."""
    return page.tokens[index] if 0 <= index < len(page.tokens) else None


def ends_phrase(page: Page, index: int) -> bool:
    """Whether a name may end before the word: no compound goes on there."""
    token = at(page, index)
    if token is None or token.tag in _ENDING:
        return True
    return token.text in _COPULAS or not token.text.isalnum() or addressed(page, index)


def named_after(page: Page, index: int) -> bool:
    """Whether the words at `index` make a thing of the name before them: 〜産業, 〜の法則."""
    token = at(page, index)
    if token is None:
        return False
    things = words("things_named_after")
    if _CALLED_SO.match(page.text, token.start):
        return True
    if token.text in FORMER and addressed(page, index + 1):  # オバマ|米|大統領
        return False
    if token.text == "の":  # フィッシャーの正確検定
        return any(word.text in words("principles") for word in page.tokens[index + 1 : index + 4])
    if token.text.startswith("("):
        return page.text.startswith(("(株)", "(有)", "(同)", "(医)", "(社)"), token.start)
    return token.text in things or token.text.startswith("駅") or bool(phrase_at(page, index, things))


def compound(page: Page, index: int) -> bool:
    """Whether the word goes on a compound noun: behind a bare family name it makes a company or a place of it."""
    token = at(page, index)
    if token is None or token.tag is Tag.SPACE or token.text in words("behind_persons"):
        return False
    if token.tag is Tag.NUMBER and page.text.startswith(
        ("世", "名", "人"), token.end
    ):  # ウィリアム3世, 柘植1名
        return False
    if token.text in FORMER and addressed(page, index + 1):  # オバマ元大統領
        return False
    # 真鍋|看護|部長
    post = token.text not in words("things_named_after") and phrase_at(page, index + 1, words("titles"))
    return token.tag in _COMPOUNDING and not post and not addressed(page, index)


def acts(page: Page, index: int) -> bool:
    """Whether the word is followed by 「が」 or 「から」 and what only persons do."""
    token = at(page, index)
    particle = at(page, index + 1)
    if token is None or particle is None or particle.text not in _SUBJECT:
        return False
    return bool(_acting().match(page.text, particle.end))


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"[^。\n、]{{0,12}}?(?:{'|'.join(sorted(words('person_acts')))})")


def speaks_of(page: Page, offset: int, subject: str) -> bool:
    """Whether the sentence has a word of the list: about products and contracts, 〜さん is a company."""
    asked = page.sentence_at(offset), subject
    if asked not in page.talk:
        opening, closing = page.sentences[asked[0]]
        sentence = page.text[opening:closing]
        page.talk[asked] = any(word in sentence for word in words(subject))
    return page.talk[asked]


def is_phrase_of_words(page: Page, first: int, end: int) -> bool:
    """Whether an ordinary word of two characters or more is among the words: 平均|年齢 is no 平 均年齢."""
    return any(
        token.tag in {Tag.NOUN, Tag.WHEN}
        and len(token.text) > 1
        and not token.unknown
        and not shapes.is_surname(token.text)
        and not shapes.is_given(token.text)
        for token in page.tokens[first:end]
    )
