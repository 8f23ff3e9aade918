"""2-1: Latin letters as the kana they may be read as."""

import pytest

from intake.screening.names.romaji import to_kana
from intake.screening.names.shapes import is_romaji_given, is_romaji_surname


@pytest.mark.parametrize(
    ("written", "kana"),
    [
        ("Yamaoka", "ヤマオカ"),
        ("Honma", "ホンマ"),
        ("Homma", "ホンマ"),
        ("Hattori", "ハットリ"),
        ("Shinjo", "シンジョウ"),
        ("Jun'ichi", "ジュンイチ"),
        ("Ohara", "オハラ"),
        ("Ôta", "オオタ"),
        ("KYOKO", "キョウコ"),
        ("Tchaikovsky", None),
        ("Slack", None),
    ],
)
def test_a_reading_is_among_those_that_are_possible(written: str, kana: str | None) -> None:
    readings = to_kana(written)
    assert kana in readings if kana else not readings


@pytest.mark.parametrize("surname", ["Sato", "Satoh", "Ohta", "Ito", "Kondo", "Watanabe", "Inoue", "Oishi"])
def test_family_names_are_known_in_every_spelling(surname: str) -> None:
    assert is_romaji_surname(surname)


@pytest.mark.parametrize("product", ["Notion", "Garoon", "Webex", "Asana", "kintone", "Sansan", "Okta"])
def test_products_are_no_names(product: str) -> None:
    assert not is_romaji_surname(product)
    assert not is_romaji_given(product)
