"""2-1: a name behind a role or a label: 「課長の松本が」「担当：有村」「休職者：三井、石原」「氏名 西山 千波」."""

import re
from collections.abc import Iterator

from intake.screening.dictionary import NAMES, Tag, Token, is_common_noun
from intake.screening.names import hiragana, shapes
from intake.screening.names.context import at, compound, ends_phrase, is_phrase_of_words, phrase_at
from intake.screening.page import Page
from intake.screening.words import words

_LONGEST = 7
_SEPARATORS = {"、", ",", "・", "/", "と", "や", "&"}
_OPENERS = {":", "=", "(", "→", "「", "は", "が", "・"}
_SAID = frozenset("はが・")
_GRAMMAR = frozenset({Tag.PARTICLE, Tag.VERB, Tag.AUXILIARY})
_GIVEN = re.compile(f"[{shapes.KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-ゔー]{{2,6}}|[A-Z][a-z]{{1,12}}")
_REMARK = re.compile(r"\((?:敬称略|順不同|予定|仮|兼任|兼務|[^()\n]{1,5}(?:順|のみ|現在))[^()\n]{0,8}\)")
# 「産休代替の仲井真と申します」: whatever is said so humbly is a name.
_HUMBLE = re.compile(rf"(?:^|[の、。 \n])(?P<name>[{shapes.KANJI}]{{1,5}}|[ァ-ヴー]{{2,8}})と申(?:し|す)")
# CTOのKevin Parkが
_WESTERN = re.compile(r"[A-Z][a-z]{1,12} [A-Z][a-z]{1,14}(?=[がはもにを、。]|さん|です|から|より)")
_REACHED = re.compile("まで|へ|が(?!い|あ)|宛|あて|より|です|と申")
_IT_IS_ME = re.compile(r"(?:^|[。、! \n])(?P<name>[ァ-ヴー]{3,6})(?:です|でございます)(?=[。、!]|$)")
_SIGNED = re.compile(rf"(?<![{shapes.KANJI}])(?P<name>[{shapes.KANJI}]{{2,6}})[ ・]?(?:拝|記)(?=$|[。 )\n])")
_LABELLED = re.compile(r"[^\s,、。:;/()「」・0-9]{1,8}(?:[ ][^\s,、。:;/()「」・0-9]{1,8})?")


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Every name that a role or a label announces."""
    yield from (found.span("name") for found in _HUMBLE.finditer(page.text))
    for found in _IT_IS_ME.finditer(page.text):
        if shapes.is_kana_surname(found["name"]) and not is_common_noun(found["name"]):
            yield found.span("name")
    for found in _SIGNED.finditer(page.text):
        if shapes.is_surname(found["name"]) or shapes.is_full_name(found["name"]):
            yield found.span("name")
    announcing = words("roles") | words("name_labels") | words("titles")
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
    somewhere = label in words("somewhere")
    opened = _behind_openers(page, index)
    if (start := opened + (joined.text == "の")) > index and (found := hiragana.behind_role(page, start)):
        yield found
        return
    if joined.text == "の":
        found = _one(page, index + 1, somewhere=somewhere)
    elif opened == index:
        found = _without_opener(page, index, joined, somewhere)
    elif label in words("name_labels") and joined.text not in _SAID:
        found = _labelled(page, opened)
    else:
        yield from _several(page, opened, somewhere=somewhere)
        return
    if found:
        yield found


def _behind_openers(page: Page, index: int) -> int:
    opened = index
    while opened < index + 3 and (token := at(page, opened)):
        if token.tag is not Tag.SPACE and token.text not in _OPENERS:
            break
        remark = _REMARK.match(page.text, token.start)
        opened = page.starting_at(remark.end()) if remark else opened + 1
    return opened


def _without_opener(page: Page, index: int, joined: Token, somewhere: bool) -> tuple[int, int] | None:
    """「理事長久我山の」: behind a post a family name is no place."""
    post = not somewhere and joined.tag is Tag.PLACE and shapes.is_surname(joined.text)
    named = joined.tag is Tag.SURNAME or joined.tag is Tag.OTHER_NAME
    # 総務課郡司まで
    noun = joined.tag is Tag.NOUN and shapes.is_surname(joined.text) and _REACHED.match(page.text, joined.end)
    return _one(page, index, somewhere=not post) if named or post or noun else None


def _labelled(page: Page, index: int) -> tuple[int, int] | None:
    """Whatever is written in the field, unless it is plainly a sentence or a word of another kind."""
    token = at(page, index)
    if token is None:
        return None
    if found := _one(page, index, somewhere=False):
        return found
    written = _LABELLED.match(page.text, token.start)
    if not written or len(written[0]) < 2:
        return None
    inside = page.tokens[index : page.starting_at(written.end())]
    return None if any(_is_ordinary(word) for word in inside) else written.span()


def _is_ordinary(word: Token) -> bool:
    noun = word.tag is Tag.NOUN and len(word.text) > 1 and not word.unknown
    return noun or word.tag in _GRAMMAR


def _several(page: Page, index: int, *, somewhere: bool) -> Iterator[tuple[int, int]]:
    """A list of names."""
    while found := _one(page, index, somewhere=somewhere):
        yield found
        index = page.starting_at(found[1])
        index += phrase_at(page, index, words("honorifics"))
        index += phrase_at(page, index, words("titles"))
        separator = at(page, index)
        humbly = separator is not None and page.text.startswith("と申", separator.start)  # 加納と申します
        if separator is None or humbly or separator.text not in _SEPARATORS:
            return
        index += 1
        while (token := at(page, index)) and token.tag is Tag.SPACE:
            index += 1


def _one(page: Page, index: int, *, somewhere: bool) -> tuple[int, int] | None:
    """The name that starts with the word, if one does; `somewhere` where a place may stand as well."""
    first = at(page, index)
    if first and not somewhere and (western := _WESTERN.match(page.text, first.start)):
        return western.span()
    end = _end_of_run(page, index, first) if first else index
    if first is None or end == index or not ends_phrase(page, end):
        return None
    if compound(page, end) or is_phrase_of_words(page, index, end):
        return None
    stop = page.tokens[end - 1].end
    text = page.text[first.start : stop]
    owned = page.text.startswith("の", stop) and not page.text.startswith("の件", stop)
    if len(text) == 1 and owned:  # 社長の鶴の一声
        return None
    if (
        somewhere
        and first.tag is Tag.PLACE
        and (text in words("prefectures") or page.text[first.start - 1] != "の")
    ):
        return None
    known = first.tag in NAMES and not first.unknown and end == index + 1 and text not in words("not_names")
    return (first.start, _with_given(page, end)) if known or _is_name(text) else None


def _end_of_run(page: Page, index: int, first: Token) -> int:
    """The word behind those that are written like the first and may be one name with it."""
    end = index
    while (token := at(page, end)) and _writes_names(token.text, first.text):
        if token.end - first.start > _LONGEST or (end > index and ends_phrase(page, end)):
            break
        end += 1
    return end


def _writes_names(text: str, like: str) -> bool:
    script = shapes.script(text)
    return script is not None and script is shapes.script(like)


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
    written = _GIVEN.match(page.text, given.start)
    if written is None:
        return stop
    name = written[0]
    known = shapes.is_given(name) or shapes.is_kana_given(name) or shapes.is_romaji_given(name)
    return written.end() if known else stop
