"""2-1: one company however it is written, and every part of its name in the index."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules import company
from tests.intake.forms_data import LETTERS, longest


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("㈱試験", "株式会社試験"),
        ("（株）試験", "株式会社試験"),
        ("(株)試験", "株式会社試験"),
        ("（ 株 ）　試験", "株式会社試験"),
        ("㍿試験", "株式会社試験"),
        ("株式会社　試験", "株式会社試験"),
        ("試験㈲", "試験有限会社"),
        ("（同）試験", "合同会社試験"),
        ("ｶﾞｷﾞｸﾞ ﾊﾟﾋﾟ", "ガギグパピ"),
        ("がぎぐぱぴ", "ガギグパピ"),
        ("か\u3099き\u3099", "ガギ"),
        ("か゛ハ゜", "ガパ"),
        ("ゔぁぃゕゖ", "ヴァィヵヶ"),
        ("データ", "データ"),
        ("ﾃﾞｰﾀ", "データ"),
        ("ＡＢＣ Ｄｅｆ", "abcdef"),
        ("Straße", "strasse"),
        ("試\u3000験\t商\n事", "試験商事"),
        ("試\u200b験\ufeff商\u00ad事", "試験商事"),
        ("葛\U000e0100城", "葛城"),
        ("☎\ufe0f商事", "☎商事"),
        ("試\x00験", "試験"),
        ("🍀商事", "🍀商事"),
        ("👩\u200d💻", "👩💻"),
        ("①②", "12"),
        ("", ""),
        (" 　\t", ""),
    ],
)
def test_one_name_in_many_ways_of_writing_is_one(written: str, normal: str) -> None:
    assert company.normal(written) == normal


@pytest.mark.parametrize(("one", "other"), [("髙田", "高田"), ("﨑", "崎"), ("齋藤", "斉藤"), ("ー", "一")])
def test_letters_that_people_keep_apart_stay_apart(one: str, other: str) -> None:
    assert company.normal(one) != company.normal(other)


def test_the_pieces_are_single_characters_and_pairs_each_once() -> None:
    assert company.grams("") == []
    assert company.grams("試") == ["試"]
    assert company.grams("試験") == sorted(["試", "験", "試験"])
    assert company.grams("ララララ") == ["ラ", "ララ"]
    assert company.grams("🍀商") == sorted(["🍀", "商", "🍀商"])


def test_a_search_wants_the_pairs_or_the_one_character() -> None:
    assert company.wanted("") == []
    assert company.wanted("試") == ["試"]
    assert company.wanted("試験商") == sorted(["試験", "験商"])


def test_the_longest_name_has_its_pieces_too() -> None:
    normal = company.normal(longest(200))
    assert set(company.wanted(normal)) <= set(company.grams(normal))


@given(st.text() | st.text(st.sampled_from(LETTERS + "かﾊﾞぱ゛ー ㍿(株)")))
def test_a_name_that_is_normal_stays_as_it_is_and_has_nothing_invisible(name: str) -> None:
    normal = company.normal(name)
    assert company.normal(normal) == normal
    assert not any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in normal)


@given(st.text(), st.data())
def test_every_part_of_a_name_is_found_by_its_pieces(name: str, data: st.DataObject) -> None:
    normal = company.normal(name)
    start = data.draw(st.integers(0, len(normal)))
    part = normal[start : data.draw(st.integers(start, len(normal)))]
    assert set(company.wanted(part)) <= set(company.grams(normal))


@given(st.text(st.sampled_from("あｱＡａ株㈱ー１")), st.text(st.sampled_from("あｱＡａ株㈱ー１")))
def test_a_part_is_normal_in_the_whole(one: str, other: str) -> None:
    assert company.normal(one + other) == company.normal(one) + company.normal(other)
