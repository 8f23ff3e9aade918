"""2-1: a name behind a role or a label: 「課長の松本が」「担当：有村」「休職者：三井、石原」「氏名 西山 千波」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, Tag
from intake.screening.names import shapes
from intake.screening.names.context import at, compound, ends_phrase, is_phrase_of_words, phrase_at
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST = 7
_SEPARATORS = {"、", ",", "・", "/", "と", "や", "&"}
_OPENERS = {":", "=", "(", "→", "「", "は", "が", "・"}
_LABELLED = re.compile(r"[^\s,、。:;/()「」・0-9]{1,8}(?:[ ][^\s,、。:;/()「」・0-9]{1,8})?")


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every name that a role or a label announces."""
    announcing = words("roles") | words("name_labels")
    for index in page.landmarks:
        count = phrase_at(page, index, announcing)
        if not count:
            continue
        first, last = page.tokens[index], page.tokens[index + count - 1]
        label = page.text[first.start : last.end]
        yield from _names_behind(page, index + count, label)


def _names_behind(page: Page, index: int, label: str) -> Iterator[tuple[int, int]]:
    joined = at(page, index)
    if joined is None:
        return
    if joined.text == "の":
        yield from _one(page, index + 1, somewhere=label in words("somewhere"))
        return
    opened = index
    while (
        (token := at(page, opened))
        and (token.tag is Tag.SPACE or token.text in _OPENERS)
        and opened < index + 3
    ):
        opened += 1
    if opened == index:
        # 「理事長久我山の」: behind a post it is no place.
        post = label not in words("somewhere") and joined.tag is Tag.PLACE and shapes.is_surname(joined.text)
        if joined.tag in {Tag.SURNAME, Tag.OTHER_NAME} or post:
            yield from _one(page, index, somewhere=not post)
    elif label in words("name_labels") and joined.text not in {"は", "が", "・"}:
        yield from _labelled(page, opened)
    else:
        yield from _several(page, opened, somewhere=label in words("somewhere"))


def _labelled(page: Page, index: int) -> Iterator[tuple[int, int]]:
    """Whatever is written in the field, unless it is plainly a sentence or a word of another kind."""
    token = at(page, index)
    if token is None:
        return
    if found := list(_one(page, index, somewhere=False)):
        yield from found
        return
    written = _LABELLED.match(page.text, token.start)
    if not written:
        return
    behind = page.tokens[index : page.starting_at(written.end())]
    ordinary = any(
        word.tag in {Tag.PARTICLE, Tag.VERB, Tag.AUXILIARY}
        or (word.tag is Tag.NOUN and len(word.text) > 1 and not word.unknown)
        for word in behind
    )
    if not ordinary and len(written[0]) > 1:
        yield written.span()


def _several(page: Page, index: int, *, somewhere: bool) -> Iterator[tuple[int, int]]:
    """A list of names."""
    while found := list(_one(page, index, somewhere=somewhere)):
        yield from found
        index = page.starting_at(found[-1][1])
        for count in (phrase_at(page, index, words("honorifics")), phrase_at(page, index, words("titles"))):
            index += count
        separator = at(page, index)
        if separator is None or separator.text not in _SEPARATORS:
            return
        index += 1
        while (token := at(page, index)) and token.tag is Tag.SPACE:
            index += 1


def _one(page: Page, index: int, *, somewhere: bool) -> Iterator[tuple[int, int]]:
    first = at(page, index)
    if first is None:
        return
    end = index
    while (
        (token := at(page, end))
        and _writes_names(token.text, first.text)
        and token.end - first.start <= _LONGEST
    ):
        if end > index and ends_phrase(page, end):
            break
        end += 1
    if (
        end == index
        or compound(page, end)
        or not ends_phrase(page, end)
        or is_phrase_of_words(page, index, end)
    ):
        return
    text = page.text[first.start : page.tokens[end - 1].end]
    if (
        len(text) == 1
        and page.text.startswith("の", end_of := page.tokens[end - 1].end)
        and page.text[end_of : end_of + 2] != "の件"
    ):
        return  # 社長の鶴の一声
    place = first.tag is Tag.PLACE and text in words("prefectures")
    if somewhere and (place or (first.tag is Tag.PLACE and page.text[first.start - 1 : first.start] != "の")):
        return
    if _is_name(text) or (
        first.tag in NAMES and not first.unknown and text not in words("not_names") and end == index + 1
    ):
        yield first.start, _with_given(page, end)


def _writes_names(text: str, like: str) -> bool:
    kinds = (shapes.is_kanji, shapes.is_katakana, shapes.is_latin)
    return any(kind(text) and kind(like) for kind in kinds)


def _is_name(text: str) -> bool:
    if shapes.is_kanji(text):
        return shapes.is_surname(text) or shapes.is_full_name(text)
    if shapes.is_katakana(text):
        return len(text) > 2 and shapes.is_kana_surname(text)
    return shapes.is_romaji_surname(text)


def _with_given(page: Page, end: int) -> int:
    """The end of the name, with a given name behind a space."""
    space, given = at(page, end), at(page, end + 1)
    stop = page.tokens[end - 1].end
    if space is None or given is None or space.tag is not Tag.SPACE:
        return stop
    written = re.compile(
        f"[{shapes.KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-ゔー]{{2,6}}|[A-Z][a-z]{{1,12}}"
    ).match(page.text, given.start)
    if written and (
        shapes.is_given(written[0]) or shapes.is_kana_given(written[0]) or shapes.is_romaji_given(written[0])
    ):
        return written.end()
    return stop
