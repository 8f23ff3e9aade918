"""2-1: employee numbers, known by the word beside them."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("社員番号70415の方", "70415"),
        ("社員番号:J5521", "J5521"),
        ("社員ＩＤ：ＱＲ１３５７９", "ＱＲ１３５７９"),
        ("従業員番号が315590の社員", "315590"),
        ("社番036113", "036113"),
        ("従業員No.7316が欠勤", "7316"),
        ("職員番号 Z-4410", "Z-4410"),
        ("スタッフコードはS0098です", "S0098"),
        ("Employee ID: E004512", "E004512"),
        ("emp no. 88213", "88213"),
        ("社員番号は一二三四五", "一二三四五"),
        ("004512（社員番号）の面談", "004512"),
        ("ID550123の社員から", "550123"),
        ("社員61277が欠勤", "61277"),
    ],
)
def test_a_number_is_found_in_its_many_writings(text: str, number: str) -> None:
    assert passages(text, Kind.EMPLOYEE_NUMBER) == [number]


def test_every_number_of_a_list_is_found() -> None:
    text = "従業員番号 30021、30022と30023の3名"
    assert passages(text, Kind.EMPLOYEE_NUMBER) == ["30021", "30022", "30023"]


@pytest.mark.parametrize(
    "text",
    [
        "社員番号は6桁の数字です",
        "社員番号での検索はできますか",
        "従業員は450名、社員数は1200人",
        "社員IDは8文字まで",
        "スタッフ2000名の会社",
        "2024年度の社員アンケート",
    ],
)
def test_talk_of_numbers_is_none(text: str) -> None:
    assert found(text) == []
