"""2-1: an illness with the whole compound it stands in: 「乳がん」「双極II型障害」「軽度うつ病エピソード」."""

from functools import cache

from intake.screening.dictionary import NAMES, Tag, Token
from intake.screening.page import Page
from intake.screening.words import words

_MOST = 6  # words on either side: no illness has more, and repetition must not cost
_DEGREES = frozenset({"型", "期", "度", "級", "次", "群"})
_SUFFIXES = _DEGREES | {
    "性",
    "系",
    "状",
    "化",
    "節",
    "腺",
    "管",
    "骨",
    "筋",
    "部",
    "支",
    "症",
    "病",
    "炎",
    "腫",
    "癌",
}
_SCALES = ("ステージ", "グレード", "レベル", "第")
_NO_PREFIX = frozenset({"元", "前", "現", "当", "各", "同", "某", "本", "ご", "お", "御"})


def whole(page: Page, start: int, end: int, taken: bytearray) -> tuple[int, int]:
    """The passage as far as words go on in it, without a particle or a space, that are of the illness."""
    first = max(0, page.starting_at(start + 1) - 1)
    last = page.starting_at(end) - 1
    for index in range(first - (page.tokens[first].start == start), max(-1, first - _MOST), -1):
        token = page.tokens[index]
        if any(taken[token.start : min(token.end, start)]) or not _goes_before(page, index, start):
            break
        start = token.start
    for index in range(last + (page.tokens[last].end == end), min(last + _MOST, len(page.tokens))):
        token = page.tokens[index]
        if any(taken[max(token.start, end) : token.end]) or not _goes_behind(page, index):
            break
        end = token.end
    return start, end


def _goes_before(page: Page, index: int, start: int) -> bool:
    token = page.tokens[index]
    degree = page.text[token.end : token.end + 1] in _DEGREES
    if token.end > start:  # the illness begins within the word
        return token.tag is Tag.NOUN
    if not token.text.isalnum():
        return False
    if token.tag is Tag.NUMBER:
        return degree  # 2型糖尿病
    if token.text.isascii() and len(token.text) == 1:
        return degree or _is_letter_within(page, index)
    if token.tag is Tag.PREFIX:
        return token.text not in _NO_PREFIX
    if token.tag is Tag.SUFFIX:
        return token.text in _SUFFIXES and not _is_department(page, index)
    if token.tag is Tag.OTHER:  # 悪性
        return token.text.endswith(("性", "度", "型"))
    department = page.text.startswith(("部", "課", "室"), token.end) and _is_department(page, index + 1)
    begins = token.text not in _no_beginning() or page.text.startswith("性", token.end)  # 家族|性
    return _is_noun(token) and not department and begins


def _is_letter_within(page: Page, index: int) -> bool:
    """成人|T|細胞, but not 社員|A|うつ病."""
    before = page.tokens[index - 1] if index else None
    joined = before is not None and before.tag is Tag.NOUN and before.text not in _no_beginning()
    return joined and page.tokens[index + 1].tag is Tag.NOUN


def _is_department(page: Page, index: int) -> bool:
    """営業|部, but not 胸|部: of the body a part is named by one character."""
    return page.tokens[index].text in {"部", "課", "室"} and len(page.tokens[index - 1].text) > 1


def _goes_behind(page: Page, index: int) -> bool:
    token = page.tokens[index]
    if token.tag is Tag.NUMBER:
        graded = page.text.startswith(tuple(_DEGREES), token.end)
        return graded or page.text.endswith(_SCALES, 0, token.start)
    # うつ|っぽい, 過食症|らしく: a suffix in hiragana is grammar.
    noun = _is_noun(token) or (token.tag is Tag.SUFFIX and not "ぁ" <= token.text[0] <= "ゖ")
    return noun and token.text not in _no_ending()


def _is_noun(token: Token) -> bool:
    """A noun, or Latin letters such as II and ALK, that are names for the tokenizer."""
    return token.tag in {Tag.NOUN, Tag.PROPER} or (
        token.unknown and token.tag in NAMES and token.text.isascii()
    )


@cache
def _no_ending() -> frozenset[str]:
    persons = words("roles") | words("titles") | words("honorifics") | words("behind_persons")
    return persons | words("beside_illnesses") | {"中", "歳", "才", "代", "等", "時", "後", "前"}


@cache
def _no_beginning() -> frozenset[str]:
    return _no_ending() | words("not_somebody")
