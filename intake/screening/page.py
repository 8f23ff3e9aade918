"""2-1: a text as the rules read it — normalised, cut into words, with its sentences."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from intake.screening.dictionary import Tag, Token, is_place, tokens
from intake.screening.normalise import Normalised, normalise
from intake.screening.words import words

_SENTENCE = re.compile(
    r"[^。！？!?\n]{1,300}"
)  # bounded: what is looked up a sentence must not grow with the text
_WORK = re.compile("『[^』\n]{1,60}』")  # a name in a title is the work's
_LONGEST_PHRASE = 4  # words of the tokenizer in one post or role: 常務|執行|役員
_LISTS = ("honorifics", "titles", "place_titles", "roles", "name_labels", "things_named_after")


@cache
def _listed() -> frozenset[str]:
    return frozenset().union(*(words(name) for name in _LISTS))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(phrase[:end] for phrase in _listed() for end in range(1, len(phrase) + 1))


@dataclass(frozen=True)
class Page:
    """What every rule is given."""

    normalised: Normalised

    @cached_property
    def text(self) -> str:
        """The normalised text."""
        return self.normalised.text

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words."""
        return tokens(self.text)

    @cached_property
    def phrases(self) -> list[tuple[str, ...]]:
        """For every word the listed phrases that start with it, each a number of words long."""
        listed, beginnings = _listed(), _beginnings()
        written = [token.text for token in self.tokens]
        found: list[tuple[str, ...]] = [()] * len(written)
        for index, phrase in enumerate(written):
            if phrase not in beginnings:
                continue
            here = [phrase]
            for text in written[index + 1 : index + _LONGEST_PHRASE]:
                phrase += text
                if phrase not in beginnings:
                    break
                here.append(phrase)
            if not listed.isdisjoint(here):
                found[index] = tuple(here)
        return found

    @cached_property
    def landmarks(self) -> list[int]:
        """The words with which a listed phrase starts."""
        return [index for index, phrases in enumerate(self.phrases) if phrases]

    @cached_property
    def heads(self) -> frozenset[int]:
        """Where the last character of 薬局長 is a word of its own."""
        return frozenset(
            index for index, token in enumerate(self.tokens) if token.text == "長" and token.tag is Tag.SUFFIX
        )

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where its sentences start and end."""
        return [found.span() for found in _SENTENCE.finditer(self.text)]

    @cached_property
    def talk(self) -> dict[tuple[int, str], bool]:
        """What was found out already: whether the sentence of that number has a word of the list of that name."""
        return {}

    @cached_property
    def _titles(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WORK.finditer(self.text)]

    def is_titled(self, offset: int) -> bool:
        """Whether the character stands in the title of a work."""
        before = bisect_right(self._titles, (offset, len(self.text))) - 1
        return before >= 0 and offset < self._titles[before][1]

    @cached_property
    def under_way(self) -> dict[int, bool]:
        """What was found out already: whether a compound goes on with the word of that number."""
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _places(self) -> dict[str, bool]:
        return {}

    def is_place(self, word: str) -> bool:
        """Whether the dictionary has the word as a place, too; asked once a text, and forgotten with it."""
        if word not in self._places:
            self._places[word] = is_place(word)
        return self._places[word]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence in which the character stands."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1)

    def starting_at(self, offset: int) -> int:
        """The number of the first word that starts at the offset or behind it."""
        return bisect_left(self._starts, offset)


def read(typed: str) -> Page:
    """Normalise now; the words are looked up when a rule first asks."""
    return Page(normalise(typed))
