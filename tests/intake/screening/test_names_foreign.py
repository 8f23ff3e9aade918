"""2-1: names from abroad, and unknown words of which a life is told; firms, teams and places are none."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("測量隊長はジョン・K・パーウェルだった", ["ジョン・K・パーウェル"]),
        ("出演はジョージ・ミルザン、ケル・ドザンほか", ["ジョージ・ミルザン", "ケル・ドザン"]),
        ("フレデリック・ザイマンの死後、ザイマンの手紙が出た", ["フレデリック・ザイマン", "ザイマン"]),
        ("館長の娘であるレディ・マルヴィナと会った", ["レディ・マルヴィナ"]),
        ("ヘンリク4世の治下で城壁が築かれた", ["ヘンリク4世"]),
        ("ドレヴァン・ミルツがゴール前で倒された", ["ドレヴァン・ミルツ"]),
        ("議長はHarold J. Winterbourneが務めた", ["Harold J. Winterbourne"]),
        ("チャルフィ兄弟が土地を買った", ["チャルフィ"]),
        ("キルマ・ソーデンはノルウェーの登山家。", ["キルマ・ソーデン"]),
    ],
)
def test_a_name_in_katakana_is_taken_as_far_as_it_goes(text: str, names: list[str]) -> None:
    assert passages(text, Kind.PERSON_NAME) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ソルヴェンは、翌年に少将に昇進した", "ソルヴェン"),
        ("ラズメリは織物に魅了された", "ラズメリ"),
        ("コルヴァンの妻は舞台美術を手がけた", "コルヴァン"),
        ("警備隊はザルコフを逮捕した", "ザルコフ"),
        ("日本語通訳のメルザンと別れた", "メルザン"),
        ("画家の友エルダンが序文を寄せた", "エルダン"),
        ("ジェームズは三度離婚した", "ジェームズ"),
    ],
)
def test_a_word_of_which_a_life_is_told_is_a_name(text: str, name: str) -> None:
    assert passages(text, Kind.PERSON_NAME) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "ゼルノフィの時計がヒットした",
        "ソルドナは湖に面した町で、漁業が盛んだ",
        "カケルンは退職者の記録も残せます",
        "担当者のカケルンを更新してください",
        "『アルマン・ド・リュシエール』で初舞台を踏んだ",
        "ヒューレット・パッカードのプリンターが並ぶ",
        "ヒューストン・ロケッツが勝った",
        "「エルンスト・ヴァルマー協会」が発足した",
        "JUDYS AND LUCYSなどのバンドが出演した",
        "ビートルズは解散した",
        "レアル・ムルシエラに移籍した",
        "プリマ・ドルシアというサービスと迷っています",
        "カンタ・ロジスティクスが倉庫を増やした",
        "社名をDana Holt InstrumentsからORBITALに変更した",
        "日本のバドミントン選手団",
        "20世紀の建築と3世代の家族",
    ],
)
def test_a_firm_a_team_a_work_or_a_place_is_none(text: str) -> None:
    assert found(text) == []
