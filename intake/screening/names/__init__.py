"""2-1: names of persons — kanji, kana, romaji; behind a post, before an honorific, in lists, or plain."""

from collections.abc import Iterator

from intake.screening.findings import Hit, Kind
from intake.screening.names import addressed, introduced, paired, plain, rows
from intake.screening.page import Page


def find(page: Page) -> Iterator[Hit]:
    """Every passage that names a person."""
    for rule in (addressed.find, introduced.find, paired.find, rows.find, plain.find):
        for start, end in rule(page):
            yield Hit(start, end, Kind.PERSON_NAME)
