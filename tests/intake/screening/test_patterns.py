"""2-1: no pattern can be made to run long; nothing here looks at a clock."""

import re
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as codes  # type: ignore[attr-defined] # untyped: the only door to a parsed pattern
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import intake.screening
from intake.screening import screen

MODULES = [
    import_module(found.name) for found in walk_packages(intake.screening.__path__, "intake.screening.")
]
PATTERNS = sorted(
    {value.pattern for module in MODULES for value in vars(module).values() if isinstance(value, re.Pattern)}
)
LENGTH = 5_000
REPEATED = [
    *("1", "0", "090-", "1234-", "1/", "２", "①", "〒1", "a@", "a@a.", "a.", "A ", "Ab ", "Tanaka ", "ab"),
    *(
        "山",
        "田中",
        "アイ",
        "ア・",
        "あ",
        "々",
        "ー",
        "さん",
        "Aさん",
        "課長",
        "担当の",
        "担当:",
        "生年月日1980年",
    ),
    *(
        "病",
        "ガン",
        "うつ",
        "社員がうつ",
        "田中さんはうつ病で休職中",
        "社員番号1",
        "記号1",
        "保険証",
        "1丁目",
        "市区町村",
    ),
    *("(", "『", " ", "\n", "\t", "-", "\u0301\u0316", "\ud800", "ｶﾞ", "👨‍👩‍👧", "\u200b", "\x00"),
]


def test_there_are_patterns_to_look_at() -> None:
    assert len(PATTERNS) > 40


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_every_quantifier_is_bounded_or_repeats_one_class(pattern: str) -> None:
    _check(parser.parse(pattern), repeated=1)


def _check(parsed: Any, repeated: int) -> None:
    for operation, argument in parsed:
        if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            _, most, body = argument
            simple = len(body) == 1 and body[0][0] in {codes.IN, codes.LITERAL, codes.ANY, codes.NOT_LITERAL}
            assert most is not codes.MAXREPEAT or (simple and repeated == 1)
            bound = repeated * (1 if most is codes.MAXREPEAT else most)
            assert simple or bound <= 100, "a group that repeats so often can be made to run long"
            _check(body, bound)
        elif operation is codes.SUBPATTERN:
            _check(argument[-1], repeated)
        elif operation is codes.BRANCH:
            for branch in argument[1]:
                _check(branch, repeated)
        elif operation in {codes.ASSERT, codes.ASSERT_NOT}:
            _check(argument[1], repeated)


@pytest.mark.parametrize("piece", REPEATED, ids=[repr(piece) for piece in REPEATED])
def test_repetition_is_read_to_its_end(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    tail = "\n連絡は090-1234-5678へ"
    last = screen(text + tail)[-1]
    assert (last.start, last.end) == (LENGTH + 4, LENGTH + 17)
