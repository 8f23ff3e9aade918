"""2-1: names of persons — kanji, kana, romaji; behind a post, before an honorific, in lists, or plain."""

from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.names import addressed, foreign, introduced, paired, plain, rows
from intake.screening.page import Page


def find(page: Page) -> Iterator[Hit]:
    """Every passage that names a person."""
    found: dict[int, int] = {}
    for start, end in addressed.find(page):
        found[start] = max(end, found.get(start, end))
        yield Hit(start, end, Kind.PERSON_NAME)
    for rule in (introduced.find, paired.find, foreign.find, rows.find):
        for start, end in rule(page):
            yield Hit(start, end, Kind.PERSON_NAME)
    for start, end in plain.find(page, found):
        yield Hit(start, end, Kind.PERSON_NAME)
