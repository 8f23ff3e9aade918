"""2-1: numbers of the state, of insurers, banks and clinics."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    "written",
    [
        "123456789018",
        "1234 5678 9018",
        "1234-5678-9018",
        "１２３４５６７８９０１８",
        "１２３４－５６７８－９０１８",
    ],
)
def test_an_individual_number_is_found_however_it_is_grouped(written: str) -> None:
    assert passages(f"送ってしまった番号は{written}でした", Kind.MY_NUMBER) == [written]


def test_a_wrong_check_digit_is_believed_where_the_word_stands_beside_it() -> None:
    assert passages("マイナンバー 123456789010", Kind.MY_NUMBER) == ["123456789010"]
    assert found("控えは 123456789010 です") == []


@pytest.mark.parametrize("word", ["注文番号", "伝票番号", "契約番号", "お問い合わせ番号", "受付番号"])
def test_a_number_that_is_called_something_else_is_none(word: str) -> None:
    assert found(f"{word} 123456789018 の件") == []


@pytest.mark.parametrize("digits", ["12345678901", "1234567890181", "1234-5678-9018-1234-5"])
def test_other_lengths_are_none(digits: str) -> None:
    assert passages(f"控え {digits}", Kind.MY_NUMBER) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("運転免許証の番号は309012345620です", "309012345620"),
        ("旅券番号 TK1234567", "TK1234567"),
        ("パスポートＴＫ１２３４５６７", "ＴＫ１２３４５６７"),
        ("AB12345678CD の期限が切れます", "AB12345678CD"),
        ("診察券番号:260418", "260418"),
        ("患者ID 00456789", "00456789"),
        ("住民票コードは12345678901", "12345678901"),
        ("口座番号 8140032", "8140032"),
        ("普通 1234567 へ", "1234567"),
        ("4111 1111 1111 1111", "4111 1111 1111 1111"),
    ],
)
def test_papers_and_accounts_are_found_by_word_or_form(text: str, number: str) -> None:
    assert passages(text, Kind.OTHER_ID) == [number]


def test_a_licence_far_from_its_word_needs_its_check_digit() -> None:
    said = "免許の更新を忘れていたそうで、控えによれば番号は"
    assert passages(f"{said}309012345620", Kind.OTHER_ID) == ["309012345620"]
    assert found(f"{said}309012345630") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("健康保険証 記号2481 番号607", ["2481", "607"]),
        ("基礎年金番号4417-205936", ["4417-205936"]),
        ("雇用保険の番号 1234-567890-1", ["1234-567890-1"]),
        ("被保険者番号は5012-345678-9", ["5012-345678-9"]),
        ("控えは 4417-205936 です", ["4417-205936"]),
    ],
)
def test_insurance_and_pension_are_found(text: str, numbers: list[str]) -> None:
    assert passages(text, Kind.INSURANCE_NUMBER) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "健康保険組合の加入者は12000名",
        "免許証の写しを2024年4月から保管",
        "診察の記録は10年保管",
        "カード決済は3000円から",
        "製品型番 KX-1234567",
    ],
)
def test_counts_years_and_products_are_none(text: str) -> None:
    assert found(text) == []
