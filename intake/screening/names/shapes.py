"""2-1: which strings look like a name by themselves; the rules decide whether they are one where they stand."""

import re
from functools import lru_cache

from intake.screening.dictionary import is_common_noun, is_place, lexicon
from intake.screening.names.romaji import to_kana
from intake.screening.words import words

KANJI = "\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0002ffff々ヶケノ"  # noqa: RUF001
_KANJI = re.compile(f"[{KANJI}]+")
_KATAKANA = re.compile("[ァ-ヴー]+")
_HIRAGANA = re.compile("[ぁ-ゔー]+")
_LATIN = re.compile(r"[A-Z][a-zA-Z'-]{1,19}")
# ちゑ reads チエ.
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゔ") + 1)}
_TO_KATAKANA |= {ord(old): ord(new) for old, new in ("ゐイ", "ゑエ", "ヰイ", "ヱエ")}
_GIVEN_ENDINGS = frozenset("子美男夫雄郎太之香恵代江枝奈菜也哉介輔助彦樹斗希紀")
_LONGEST_SURNAME = 5
_LONGEST_GIVEN = 3


def is_kanji(text: str) -> bool:
    """Written in kanji throughout (with 々 and the small katakana of family names)."""
    return bool(_KANJI.fullmatch(text))


def is_katakana(text: str) -> bool:
    """Written in katakana throughout."""
    return bool(_KATAKANA.fullmatch(text))


def is_hiragana(text: str) -> bool:
    """Written in hiragana throughout."""
    return bool(_HIRAGANA.fullmatch(text))


def is_latin(text: str) -> bool:
    """One capitalised word of Latin letters."""
    return bool(_LATIN.fullmatch(text))


@lru_cache(maxsize=8192)
def script(text: str) -> re.Pattern[str] | None:
    """Which of the scripts that names are written in without a change: kanji, katakana or Latin letters."""
    return next((pattern for pattern in (_KANJI, _KATAKANA, _LATIN) if pattern.fullmatch(text)), None)


@lru_cache(maxsize=8192)
def is_surname(text: str) -> bool:
    """A family name in kanji that is not in the first place an everyday word."""
    return may_be_addressed(text) and text not in words("not_alone")


@lru_cache(maxsize=8192)
def may_be_addressed(text: str) -> bool:
    """A family name in kanji that an honorific may follow, such as 東 and 金, too."""
    return text in lexicon().surnames and text not in words("not_names")


@lru_cache(maxsize=8192)
def is_given(text: str) -> bool:
    """A given name, or one to three characters such as given names are made of."""
    if text in lexicon().givens:
        return True
    if len(text) > _LONGEST_GIVEN or not is_kanji(text) or is_common_noun(text) or is_place(text):
        return False
    # A name that nobody had before is made of the usual characters or ends like one.
    return set(text) <= lexicon().given_characters or (len(text) > 1 and text[-1] in _GIVEN_ENDINGS)


@lru_cache(maxsize=8192)
def is_full_name(text: str) -> bool:
    """Family and given name in kanji without a space."""
    if not is_kanji(text):
        return False
    cuts = range(max(1, len(text) - _LONGEST_GIVEN), min(_LONGEST_SURNAME, len(text) - 1) + 1)
    splits = [(text[:cut], text[cut:]) for cut in cuts if is_surname(text[:cut])]
    if any(_is_thing(rest) for _, rest in splits):  # 伊藤園
        return False
    return any(rest in lexicon().givens or (is_given(rest) and not _is_thing(text[-1])) for _, rest in splits)


def _is_thing(ending: str) -> bool:
    return ending in words("ends_of_things") or (len(ending) > 1 and ending in words("things_named_after"))


@lru_cache(maxsize=8192)
def is_kana_name(text: str) -> bool:
    """A family or given name as it is read, of two characters or more."""
    return len(text) > 1 and (is_kana_surname(text) or is_kana_given(text))


def is_kana_surname(text: str) -> bool:
    """A family name as it is read."""
    return as_katakana(text) in lexicon().surname_readings


def is_kana_given(text: str) -> bool:
    """A given name as it is read."""
    return as_katakana(text) in lexicon().given_readings


@lru_cache(maxsize=4096)
def is_romaji_surname(text: str) -> bool:
    """A Japanese family name in Latin letters: Yamaoka, OHTA, Ôta."""
    return any(reading in lexicon().surname_readings for reading in to_kana(text))


@lru_cache(maxsize=4096)
def is_romaji_given(text: str) -> bool:
    """A Japanese given name in Latin letters."""
    return any(reading in lexicon().given_readings for reading in to_kana(text))


def as_katakana(text: str) -> str:
    """Hiragana as katakana."""
    return text.translate(_TO_KATAKANA)
