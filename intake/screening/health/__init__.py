"""2-1: health facts that are tied to an individual; talk of illness in general is none of our business.

Evidence is added up within the sentence: who it speaks of, what is told of them, and what speaks of many.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from intake.screening.findings import Hit, Kind
from intake.screening.health import people, subjects, talk
from intake.screening.health.persons import Person
from intake.screening.page import Page

ENOUGH = 3  # points from which somebody is meant
MOST = 12  # terms of one sentence that are weighed: nobody has more, and repetition must not cost


def find(page: Page, mentioned: Sequence[tuple[int, int]], names: Sequence[Hit]) -> Iterator[Hit]:
    """Every term of illness `mentioned` that stands with somebody; `names` are the persons and their numbers."""
    told = people.told_of(page, names, mentioned)

    @cache
    def spoken_of(number: int) -> Person:
        return people.most_definite(told, number)

    @cache
    def generality(number: int) -> talk.Generality:
        return talk.generality(page.text, *page.sentences[number], general)

    general = talk.general_words(page.text) if mentioned else []
    weighed: Counter[int] = Counter()
    for start, end in mentioned:
        number = page.sentence_at(start)
        weighed[number] += 1
        if weighed[number] > MOST:
            continue
        opening, closing = page.sentences[number]
        person = spoken_of(number)
        if (
            person is Person.NAMED
        ):  # what speaks of many weighs two points at most: a name is enough by itself
            yield Hit(start, end, Kind.DIAGNOSIS)
            continue
        person = max(person, subjects.of_term(page.text, opening, start))
        against = generality(number).against(person, end, talk.end_of_clause(page.text, end, closing))
        if person + talk.told(page.text, start, end, closing) - against >= ENOUGH:
            yield Hit(start, end, Kind.DIAGNOSIS)
