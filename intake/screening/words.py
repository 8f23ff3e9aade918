"""2-1: the word lists under `data/`: one concept a line, its variants parted by spaces, `#` for a remark."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """Every line of `data/<name>.txt` as its words."""
    content = (_FOLDER / f"{name}.txt").read_text("utf-8")
    rows = (line.partition("#")[0].split() for line in content.splitlines())
    return tuple(tuple(row) for row in rows if row)


@cache
def words(name: str) -> frozenset[str]:
    """Every word of the list, variants too."""
    return frozenset(word for row in lines(name) for word in row)


def pairs(name: str) -> list[tuple[str, str]]:
    """A list of two columns."""
    return [(first, second) for first, second in lines(name)]


def one_of(alternatives: str) -> str:
    """A group of a pattern from words parted by spaces; an alternative may be a pattern itself."""
    return f"(?:{'|'.join(alternatives.split())})"
