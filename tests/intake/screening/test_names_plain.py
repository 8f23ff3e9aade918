"""2-1: names that nothing announces, in a form and in prose."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("志水敦忠(製造部)", ["志水敦忠"]),
        ("無断欠勤の堀江晶由に電話した", ["堀江晶由"]),
        ("河原の件、急ぎで話したい", ["河原"]),
        ("夏目漱石は江戸の牛込で生まれた。", ["夏目漱石"]),
        ("織田信長は家臣の明智光秀に討たれた。", ["織田信長", "明智光秀"]),
        ("ナポレオンはエルバ島に流された。", ["ナポレオン"]),
        ("張維新は清末の軍人。", ["張維新"]),
        ("昨年、田村ちゑが県内の病院で死去", ["田村ちゑ"]),
        ("惺弥と再会する", ["惺弥"]),
        ("大使の小幡辰吉の帰朝", ["小幡辰吉"]),
        ("創業時は細谷家の同族企業だった", ["細谷"]),
        ("ブラウンらの研究グループ", ["ブラウン"]),
        ("ウィリアム3世の治世", ["ウィリアム3世"]),
    ],
)
def test_a_name_is_found(text: str, names: list[str]) -> None:
    assert passages(text, Kind.PERSON_NAME) == names


@pytest.mark.parametrize(
    "text",
    [
        "高橋産業と取引がある",
        "安藤ハザマの現場",
        "伊藤園の自販機",
        "株式会社山田のサイト",
        "松本城と川崎駅と小林製薬",
        "徳川美術館の所蔵品",
        "パーキンソンの法則とピタゴラスの定理",
        "フィッシャーの正確検定",
        "ノーベル賞とドップラー効果",
        "『カルメン』は四幕からなる",
        "石川・福井・富山の3県",
        "小倉が本社、長岡が工場",
        "三菱や住友の系列",
        "旧家が多い土地柄です",
        "テキサス州ヒューストン",
        "松本市内の宿",
    ],
)
def test_what_is_only_called_like_a_person_is_none(text: str) -> None:
    assert found(text) == []
