"""2-1: matching on a normalised form, and the way back to what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.screening.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＡＢＣ　１２３", "ABC 123"),
        ("㈱", "(株)"),
        ("ﾀﾅｶ", "タナカ"),
        ("ｶﾞ", "ガ"),
        ("か\u3099", "が"),
        ("髙﨑", "高崎"),
        ("𠮷田", "吉田"),
        ("葛\U000e0100城", "葛城"),
        ("09\u200b0", "090"),
        ("①090", " 090"),
        ("―–−", "---"),
        ("\ud800", "\ufffd"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_writings_that_mean_the_same_become_one(typed: str, folded: str) -> None:
    assert normalise(typed).text == folded


@pytest.mark.parametrize("typed", ["㈱山田", "ｶﾞｶﾞ山田", "葛\U000e0100城山田", "①②山田", "\ud83d\ude00山田"])
def test_the_place_is_that_of_the_text_as_typed(typed: str) -> None:
    page = normalise(typed)
    start = page.text.index("山田")
    begin, end = page.place(start, start + 2)
    assert typed[begin:end] == "山田"


@pytest.mark.parametrize("tail", ["\u3099", "\u0301\u0301", "\ufe0f", "\u200d👧", "🏽", "ﾞ"])
def test_a_place_takes_along_what_shows_as_one_character(tail: str) -> None:
    page = normalise(f"山{tail}川")
    assert page.place(0, 1) == (0, 1 + len(tail))


@given(st.text())
def test_every_normalised_character_was_typed_somewhere(typed: str) -> None:
    page = normalise(typed)
    assert len(page.text) == len(page.starts) == len(page.ends)
    assert list(page.starts) == sorted(page.starts)
    for start, end in zip(page.starts, page.ends, strict=True):
        assert 0 <= start < end <= len(typed)
