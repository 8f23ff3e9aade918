"""2-1: text that spreadsheets open: every cell quoted, and none that they would take for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable

BOM = "\ufeff"  # without it Excel reads UTF-8 as Shift_JIS

_BEGINS_FORMULA = frozenset("=+-@−")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def lines(rows: Iterable[Iterable[str]]) -> str:
    """The rows as CSV (RFC 4180), each with its line end."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def cell(text: str) -> str:
    """The text without NUL, and behind an apostrophe where it begins like a formula.

    Some programs take full-width signs as well, and drop what cannot be seen in front of them; a tab or a line end
    at the beginning may end the cell for them.
    """
    text = text.replace("\0", "")
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    is_formula = unicodedata.normalize("NFKC", first)[:1] in _BEGINS_FORMULA
    return f"'{text}" if is_formula or text.startswith(("\t", "\r", "\n")) else text
