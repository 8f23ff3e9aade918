"""2-1: family names in a row, signed, or before the head of a department; and words that are otherwise."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import passages


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("稲垣・鵜飼・近藤が出席", ["稲垣", "鵜飼", "近藤"]),
        ("大木・柳の両名に連絡", ["大木", "柳"]),
        ("西脇・東郷・北詰の3名です", ["西脇", "東郷", "北詰"]),
        ("参加者(敬称略):菅沼、大河内", ["菅沼", "大河内"]),
        ("代理の仲井真と申します", ["仲井真"]),
        ("シライシです。よろしく", ["シライシ"]),
        ("鳥飼総務部長に送る", ["鳥飼"]),
        ("早乙女総料理長の意向", ["早乙女"]),
        ("本社の足立から聞いた", ["足立"]),
        ("支店の梶原です", ["梶原"]),
        ("CTOのKevin Parkが窓口", ["Kevin Park"]),
        ("ファム・ヴァン・トゥアンの件", ["ファム・ヴァン・トゥアン"]),
    ],
)
def test_a_name_is_found(text: str, names: list[str]) -> None:
    assert passages(text, Kind.PERSON_NAME) == names


@pytest.mark.parametrize(
    "text",
    [
        "安川のロボット",
        "北館の2階",
        "溶接ヒュームの健診",
        "ニューオータニさんと同じ協会",
        "三菱やマリオット",
        "大原社労士事務所",
        "ヘルツは周波数の単位である",
        "原は草に覆われている",
        "ジョンソン・エンド・ジョンソンの事例",
        "石川・福井の2拠点",
    ],
)
def test_what_is_otherwise_is_none(text: str) -> None:
    assert passages(text, Kind.PERSON_NAME) == []
