"""3-5: no hidden count can be computed from what is shown, by whoever knows the rule and the total."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake.rules import suppression
from intake.rules.suppression import SMALLEST, choices, parts, total

Counts = list[int]
TABLES = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 2000)), min_size=2, max_size=24)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([5, 5], [5, 5]),
        ([4, 20, 30], [None, None, 30]),  # alone, 4 would be the total less the others
        ([1, 2, 30], [None, None, 30]),
        ([0, 0, 10, 30], [None, None, None, 30]),  # together 0: each is 0
        ([4, 4, 10, 30], [None, None, None, 30]),  # together 8: each is 4
        ([4, 10, 10, 30], [None, None, None, 30]),  # which of two equals is hidden would tell something
        ([3, 9], [None, None]),
    ],
)
def test_small_parts_are_hidden_with_as_many_others_as_it_takes(
    counts: Counts, shown: list[int | None]
) -> None:
    assert parts(counts) == shown
    assert parts(counts[::-1]) == shown[::-1]


def tables(cells: int, together: int) -> Iterator[Counts]:
    """Every table of so many cells with this total."""
    if cells == 1:
        yield [together]
        return
    for first in range(together + 1):
        for others in tables(cells - 1, together - first):
            yield [first, *others]


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 30), (4, 22), (5, 17)])
def test_among_all_small_tables_none_gives_a_hidden_count_away(cells: int, most: int) -> None:
    """A reader can do no more than list every table that would be shown like this one; a hidden count differs."""
    for together in range(SMALLEST, most + 1):
        alike: dict[tuple[int | None, ...], list[Counts]] = defaultdict(list)
        for counts in tables(cells, together):
            alike[tuple(parts(counts))].append(counts)
        for shown, possible in alike.items():
            for cell, count in enumerate(shown):
                if count is None:
                    assert len({counts[cell] for counts in possible}) > 1, (shown, together)


def others(counts: Counts, cell: int) -> Iterator[Counts]:
    """Tables of the same total that differ in this cell: one less here and more there, or two the other way round."""
    for there in range(len(counts)):
        for moved in {1, -1, counts[cell] - counts[there], counts[cell]} - {0}:
            other = list(counts)
            other[cell] -= moved
            other[there] += moved
            if there != cell and min(other) >= 0:
                yield other
    # Everything that is hidden in one cell, for tables of which nothing is shown.
    if not any(parts(counts)):
        yield [sum(counts) if there == cell else 0 for there in range(len(counts))]


@given(TABLES)
@example([4] * 24)
@example([0] * 23 + [5])
@example([0, 0, 0, 0, 20, 40])
def test_for_every_hidden_count_there_is_another_table_that_is_shown_alike(counts: Counts) -> None:
    if total(sum(counts)) is None:
        return
    shown = parts(counts)
    for cell, count in enumerate(shown):
        if count is None:
            assert any(parts(other) == shown for other in others(counts, cell)), shown


@given(TABLES)
def test_nothing_small_is_shown_and_what_is_shown_is_true(counts: Counts) -> None:
    for shown in (parts(counts), choices(counts)):
        assert all(
            given is None or given == count >= SMALLEST for given, count in zip(shown, counts, strict=True)
        )


@given(TABLES)
def test_of_choices_only_the_small_are_hidden(counts: Counts) -> None:
    hidden = [count for count, shown in zip(counts, choices(counts), strict=True) if shown is None]
    assert all(count < SMALLEST for count in hidden)


def test_too_few_in_all_are_not_told_either() -> None:
    assert [total(count) for count in (0, 4, 5)] == [None, None, 5]
    assert suppression.SMALLEST == 5
