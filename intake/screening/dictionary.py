"""2-1: the morphological dictionary — loaded once a process, one tokenizer a thread, and who bears which name."""

import threading
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache
from typing import NamedTuple

from sudachipy import Config, Dictionary, SplitMode, Tokenizer

# The plugin for readings in brackets is left out: it would swallow 「(うつ)」 behind a name.
_CONFIG = Config(
    system="small", inputTextPlugin=[{"class": "com.worksap.nlp.sudachi.DefaultInputTextPlugin"}]
)
_CHUNK = 300  # the tokenizer takes 49,149 bytes, and its time grows faster than the length
_ENDS = "。\n！？!?、 "
_lock = threading.Lock()
_local = threading.local()


class Tag(IntEnum):
    """What our rules need to know of a word's class; an integer, because it is looked up for every word."""

    SURNAME = auto()
    GIVEN = auto()
    OTHER_NAME = auto()
    PLACE = auto()
    PROPER = auto()
    NOUN = auto()
    WHEN = auto()  # 先月, 今: a noun that may stand for an adverb
    NUMBER = auto()
    SUFFIX = auto()
    PREFIX = auto()
    PARTICLE = auto()
    AUXILIARY = auto()
    VERB = auto()
    SYMBOL = auto()
    SPACE = auto()
    OTHER = auto()


NAMES = frozenset({Tag.SURNAME, Tag.GIVEN, Tag.OTHER_NAME})
NOUNS = NAMES | {Tag.PLACE, Tag.PROPER, Tag.NOUN}


class Token(NamedTuple):
    """One word of the normalised text."""

    start: int
    end: int
    text: str
    tag: Tag
    unknown: bool


@dataclass(frozen=True)
class Lexicon:
    """The names of persons that the dictionary knows, however the tokenizer reads them in a sentence."""

    surnames: frozenset[str]
    givens: frozenset[str]
    surname_readings: frozenset[str]
    given_readings: frozenset[str]
    given_characters: frozenset[str]


def tokens(text: str) -> list[Token]:
    """The words of the text, in order."""
    found: list[Token] = []
    start = 0
    while start < len(text):
        end = _chunk_end(text, start)
        for word in _tokenizer().tokenize(text[start:end]):
            first, last = start + word.begin(), start + word.end()
            tag = _tag(word.part_of_speech_id())
            found.append(Token(first, last, text[first:last], tag, word.is_oov()))
        start = end
    return found


def is_common_noun(word: str) -> bool:
    """Whether the dictionary has the word as an ordinary noun, too."""
    return "普通名詞" in _classes(word)


def is_place(word: str) -> bool:
    """Whether the dictionary has the word as a place, too."""
    return "地名" in _classes(word)


def is_country(word: str) -> bool:
    """Whether the dictionary has the word as a country."""
    return "国" in _classes(word)


def _classes(word: str) -> frozenset[str]:
    return frozenset(part for entry in _dictionary().lookup(word) for part in entry.part_of_speech()[1:4])


@cache
def lexicon() -> Lexicon:
    """Every name of a person in the dictionary, by class; takes about a second, once a process."""
    with _lock:
        return _lexicon()


def _lexicon() -> Lexicon:
    surnames: set[str] = set()
    givens: set[str] = set()
    surname_readings: set[str] = set()
    given_readings: set[str] = set()
    often: dict[str, int] = {}
    for entry in _dictionary().entries():
        tag = _tag(entry.part_of_speech_id())
        if tag is Tag.SURNAME:
            surnames.add(entry.surface())
            surname_readings.add(entry.reading_form())
        elif tag is Tag.GIVEN:
            givens.add(entry.surface())
            given_readings.add(entry.reading_form())
            for character in entry.surface():
                often[character] = often.get(character, 0) + 1
    usual = frozenset(character for character, count in often.items() if count >= _OFTEN)
    return Lexicon(
        frozenset(surnames), frozenset(givens), frozenset(surname_readings), frozenset(given_readings), usual
    )


_OFTEN = 3  # a character that so many given names share may stand in one that the dictionary does not know


def _chunk_end(text: str, start: int) -> int:
    """Where to cut a text that is too long for the tokenizer: behind a sentence or word if there is one."""
    end = start + _CHUNK
    if end >= len(text):
        return len(text)
    return max((text.rfind(mark, start, end) for mark in _ENDS), default=-1) + 1 or end


@cache
def _dictionary() -> Dictionary:
    return Dictionary(config=_CONFIG)


def _tokenizer() -> Tokenizer:
    """This thread's own: a tokenizer cannot be shared."""
    if not hasattr(_local, "tokenizer"):
        with _lock:
            _local.tokenizer = _dictionary().tokenizer(mode=SplitMode.C)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


_PROPER = {"姓": Tag.SURNAME, "名": Tag.GIVEN, "一般": Tag.OTHER_NAME}
_BY_CLASS = {
    "接尾辞": Tag.SUFFIX,
    "接頭辞": Tag.PREFIX,
    "助詞": Tag.PARTICLE,
    "助動詞": Tag.AUXILIARY,
    "動詞": Tag.VERB,
    "補助記号": Tag.SYMBOL,
    "記号": Tag.SYMBOL,
    "空白": Tag.SPACE,
}


@cache
def _tag(part_of_speech_id: int) -> Tag:
    main, sub, small, smallest = _dictionary().pos_of(part_of_speech_id)[:4]
    if main != "名詞":
        return _BY_CLASS.get(main, Tag.OTHER)
    if small == "人名":
        return _PROPER[smallest]
    if small == "地名":
        return Tag.PLACE
    if sub == "固有名詞":
        return Tag.PROPER
    if sub == "数詞":
        return Tag.NUMBER
    return Tag.WHEN if small == "副詞可能" else Tag.NOUN
