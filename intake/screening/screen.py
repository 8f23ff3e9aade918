"""2-1: every rule over one text, without overlaps, and without the asker's own company and name."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from intake.screening import addresses, contacts, dates, dictionary, employee_numbers, health, names, numbers
from intake.screening.findings import Finding, Hit, Kind
from intake.screening.health import terms
from intake.screening.health import whole as whole_illness
from intake.screening.names import whole as whole_name
from intake.screening.normalise import normalise
from intake.screening.page import Page, read

_OF_ONE_PERSON = frozenset({Kind.MY_NUMBER, Kind.INSURANCE_NUMBER, Kind.EMPLOYEE_NUMBER, Kind.BIRTH_DATE})
_GROWING = {Kind.DIAGNOSIS: whole_illness.whole, Kind.PERSON_NAME: whole_name.whole}
_PRECEDENCE = {kind: place for place, kind in enumerate(Kind)}


def screen(text: str, *, company: str = "", name: str = "") -> list[Finding]:
    """What looks personal in the text, in its order; the asker's own `company` and `name` are no finding."""
    page = read(text)
    mentioned = list(terms.find(page))
    persons = list(_persons(page, [*mentioned, *_occurrences(page.text, company)], _own(name)))
    written = list(_written(page))
    somebody = [*persons, *(hit for hit in written if hit.kind in _OF_ONE_PERSON)]
    hits = [*written, *persons, *health.find(page, mentioned, somebody)]
    return list(_as_typed(page, _whole(page, _without_overlaps(hits, len(page.text)))))


def _whole(page: Page, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Illnesses and names as far as they are written, so that half of one is not left when it is masked."""
    taken = bytearray(len(page.text))
    for hit in hits:
        taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    for hit in hits:
        grow = _GROWING.get(hit.kind)
        start, end = grow(page, hit.start, hit.end, taken) if grow else (hit.start, hit.end)
        taken[start:end] = b"\1" * (end - start)
        yield Hit(start, end, hit.kind)


def _as_typed(page: Page, hits: Iterable[Hit]) -> Iterator[Finding]:
    """Carried back to the text as typed, where two that shared a joined character would overlap again."""
    last = 0
    for hit in hits:
        start, end = page.normalised.place(hit.start, hit.end)
        if start >= last:
            yield Finding(start, end, hit.kind)
            last = end


def warm_up() -> None:
    """Load the dictionary now, when a worker starts, and not in the first person's request."""
    dictionary.lexicon()
    screen("山田さん")


def _written(page: Page) -> Iterator[Hit]:
    for rule in (numbers, contacts, employee_numbers, dates, addresses):
        yield from rule.find(page)


def _persons(page: Page, taken: Iterable[tuple[int, int]], is_own: Callable[[str], bool]) -> Iterator[Hit]:
    """The names, without those of illnesses (パーキンソン病), of the company, and the asker's own."""
    closed = bytearray(len(page.text))
    for start, end in taken:
        closed[start:end] = b"\1" * (end - start)
    for hit in names.find(page):
        written = page.text[hit.start : hit.end].replace(" ", "")
        if not is_own(written) and not any(closed[hit.start : hit.end]):
            yield hit


def _occurrences(text: str, company: str) -> Iterator[tuple[int, int]]:
    known = normalise(company).text.strip()
    for written in {known, known.removeprefix("株式会社").removesuffix("株式会社").strip()} - {""}:
        start = text.find(written)
        while start >= 0:
            yield start, start + len(written)
            start = text.find(written, start + len(written))


def _own(name: str) -> Callable[[str], bool]:
    """Whether a name is the asker's, as a whole or as its first or last part, with or without a space."""
    parts = normalise(name).text.split()
    whole = "".join(parts)

    def is_own(written: str) -> bool:
        begins_or_ends = len(written) > 1 and (whole.startswith(written) or whole.endswith(written))
        return written in parts or begins_or_ends

    return is_own


def _without_overlaps(hits: Iterable[Hit], length: int) -> list[Hit]:
    """In order of the text; where two overlap, the more telling kind stays, then the longer."""
    taken = bytearray(length)
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (_PRECEDENCE[hit.kind], hit.start - hit.end)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
