"""2-1: names behind a role or a label."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("課長の松本が首を縦に振らない", ["松本"]),
        ("前任の金井に聞いてほしい", ["金井"]),
        ("総務の荒川が全部抱えている", ["荒川"]),
        ("担当：有村", ["有村"]),
        ("担当はTomitaか", ["Tomita"]),
        ("欠席者:三浦、石原・下川", ["三浦", "石原", "下川"]),
        ("氏名 西山 千波", ["西山 千波"]),
        ("氏名：阿葵子", ["阿葵子"]),
        ("フリガナ:ゼンザン タカノ", ["ゼンザン タカノ"]),
        ("メンター古賀が面談する", ["古賀"]),
        ("保健師（坂下）に確認", ["坂下"]),
        ("担当はさとうれんです", ["さとうれん"]),
        ("総務のたかのが窓口です", ["たかの"]),
        ("当社の代表は加納と申します", ["加納"]),
        ("経理のおかだはるなが休み", ["おかだはるな"]),
    ],
)
def test_who_is_introduced_is_found(text: str, names: list[str]) -> None:
    assert passages(text, Kind.PERSON_NAME) == names


@pytest.mark.parametrize(
    "text",
    [
        "窓口は福岡と広島",
        "総務の品川オフィス",
        "営業部の大阪が忙しい",
        "担当の方にお電話いただきたい",
        "社長の鶴の一声で決まる",
        "従業員の平均年齢は47歳",
        "氏名は伏せて相談できますか",
        "名前を変えたい",
        "担当がまちまちです",
        "窓口はこちらからです",
    ],
)
def test_places_and_ordinary_words_are_none(text: str) -> None:
    assert found(text) == []
