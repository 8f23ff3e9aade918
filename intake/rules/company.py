"""2-1: finding a company by a part of its name, however it is written."""

import unicodedata
from itertools import pairwise

# NFKC writes ㈱ as (株); whoever searches for one writing means the other too.
_LEGAL_FORMS = (("(株)", "株式会社"), ("(有)", "有限会社"), ("(同)", "合同会社"))
_HIRAGANA, _TO_KATAKANA = range(0x3041, 0x3097), 0x60
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # of a variant: no keyboard has them
_FOLD = {code: chr(code + _TO_KATAKANA) for code in _HIRAGANA} | dict.fromkeys(_SELECTORS, "")
_UNSEEN = {"Cc", "Cf", "Cs"}


def normal(name: str) -> str:
    """The name as it is compared: NFKC, lower case, katakana for hiragana, legal forms in words, and neither white
    space nor anything that cannot be seen."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_FOLD)
    seen = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in _UNSEEN)
    text = unicodedata.normalize("NFKC", seen)  # again: ゛ typed by itself stands next to its letter only now
    for short, words in _LEGAL_FORMS:
        text = text.replace(short, words)
    return text


def grams(normalised: str) -> list[str]:
    """Its single characters and pairs of neighbours, each once, sorted: what the index holds."""
    pairs = {first + second for first, second in pairwise(normalised)}
    return sorted(pairs | set(normalised))


def wanted(normalised: str) -> list[str]:
    """What an entry must hold to contain this part: its pairs, or the one character that it is."""
    if len(normalised) < 2:
        return list(normalised)
    return [gram for gram in grams(normalised) if len(gram) == 2]
