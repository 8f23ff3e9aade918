"""2-1: dates of birth."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("生年月日は1979.8.23です", "1979.8.23"),
        ("1983/10/05生まれの主任", "1983/10/05"),
        ("H10.7.30生、女性", "H10.7.30"),
        ("生年月日：Ｓ５６．９．１４", "Ｓ５６．９．１４"),
        ("昭和53年8月19日生まれ", "昭和53年8月19日"),
        ("平成元年1月8日生", "平成元年1月8日"),
        ("誕生日は1968年2月17日", "1968年2月17日"),
        ("DOB 1990-05-17", "1990-05-17"),
        ("生年月日 19800612", "19800612"),
        ("昭和55年5月生まれの主任", "昭和55年5月"),
        ("誕生日：3月21日", "3月21日"),
    ],
)
def test_a_date_of_birth_is_found_in_every_calendar(text: str, date: str) -> None:
    assert passages(text, Kind.BIRTH_DATE) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "創業は1972年5月10日です",
        "令和5年10月に規程を見直した",
        "1985年3月3日に生まれたサービスです",
        "2020年4月1日誕生の新会社",
        "生年月日の入力は必須でしょうか",
        "毎月15日締め、2025/4/1開始",
        "1990年代生まれの社員が多い",
    ],
)
def test_other_dates_are_none(text: str) -> None:
    assert found(text) == []
