"""2-1: a name in hiragana behind a role: 「担当はさとうれんです」, which the tokenizer takes for grammar."""

import re

from intake.screening.dictionary import NAMES, Tag, is_common_noun
from intake.screening.names import shapes
from intake.screening.names.context import at
from intake.screening.page import Page

_SHORTEST, _LONGEST = 3, 9
_RUN = re.compile("[ぁ-ゔー]{3,13}")
_ENDED = re.compile("です|でし|と申|より|から|さん|が|は|を|に|、|。|[(]|$")
_POLITE = ("さん", "さま", "くん", "ちゃん")
_GRAMMAR = frozenset({Tag.PARTICLE, Tag.VERB, Tag.AUXILIARY})


def behind_role(page: Page, index: int) -> tuple[int, int] | None:
    """The name that starts with the word: family and given name, or a family name of three letters or more."""
    token = at(page, index)
    run = _RUN.match(page.text, token.start) if token else None
    if token is None or run is None or token.tag in _GRAMMAR:
        return None
    lengths = range(min(_LONGEST, len(run[0])), _SHORTEST - 1, -1)
    written = [run[0][:length] for length in lengths if _ENDED.match(page.text, token.start + length)]
    for is_name in (_is_full, _is_family):
        for name in written:
            one_word = token.text == name and token.tag not in NAMES  # まちまち
            if not one_word and not name.endswith(_POLITE) and is_name(name):
                return token.start, token.start + len(name)
    return None


def _is_full(written: str) -> bool:
    cuts = range(2, len(written) - 1)
    return any(shapes.is_kana_surname(written[:cut]) and shapes.is_kana_given(written[cut:]) for cut in cuts)


def _is_family(written: str) -> bool:
    return shapes.is_kana_surname(written) and not is_common_noun(written)
