"""2-1: what spreadsheets open — every cell comes back as it is meant, and none is a formula."""

import csv
import io
import unicodedata

import pytest
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from intake.rules import spreadsheet
from tests.corpus import FORMULA_ADDRESSES, FORMULAS

_SIGNS = st.sampled_from("=+-@＝＋－＠−﹦﹢﹣﹫\t\r\n \u00a0\u3000\u200b\ufeff\0\"',;あa1")
TEXTS = st.text(_SIGNS) | st.text()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def begins_formula(cell: str) -> bool:
    """What a spreadsheet may do at worst: drop whatever cannot be seen, and read wide signs as narrow ones."""
    seen = "".join(sign for sign in cell if unicodedata.category(sign)[0] not in "CZ")
    return unicodedata.normalize("NFKC", seen)[:1] in {*"=+-@−"} or cell[:1] in {"\t", "\r", "\n"}


class TestRoundTrip(SimpleTestCase):
    @given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=4))
    def test_rows_come_back_cell_by_cell(self, rows: list[list[str]]) -> None:
        text = spreadsheet.lines(rows)
        assert read(text) == [[spreadsheet.cell(value) for value in row] for row in rows]
        assert text.count('"') >= 2 * sum(map(len, rows))

    @given(TEXTS)
    def test_no_cell_is_a_formula_and_no_text_is_lost(self, text: str) -> None:
        cell = spreadsheet.cell(text)
        assert not begins_formula(cell)
        assert "\0" not in cell
        assert cell.removeprefix("'") == text.replace("\0", "").removeprefix("'")

    @given(st.text("あア亜a1_.株式会社", min_size=1))
    def test_what_is_no_formula_stays_as_it_was_written(self, text: str) -> None:
        assert spreadsheet.cell(text) == text


@pytest.mark.parametrize("formula", [*FORMULAS, *FORMULA_ADDRESSES])
def test_the_corpus_is_disarmed(formula: str) -> None:
    ((cell,),) = read(spreadsheet.lines([[formula]]))
    assert not begins_formula(cell)


@pytest.mark.parametrize(
    "formula", ["=1", "+1", "-1", "@A1", "＝1", "\t1", "\r1", "\n1", "  =1", "　＠A1", "\ufeff=1"]
)
def test_an_apostrophe_stands_before_a_formula(formula: str) -> None:
    assert spreadsheet.cell(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", " ", "試験=1", "a-b", "1+1", "'=1", "見本@商会", '"=1"'])
def test_nothing_else_is_touched(text: str) -> None:
    assert spreadsheet.cell(text) == text


def test_lines_end_as_spreadsheets_expect_and_every_cell_is_quoted() -> None:
    assert spreadsheet.lines([["a", ""], ['二行\nの"欄"', "b"]]) == '"a",""\r\n"二行\nの""欄""","b"\r\n'
