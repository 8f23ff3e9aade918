"""2-1: names before an honorific or a post."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    "honorific", ["さん", "様", "氏", "殿", "くん", "先生", "部長", "課長代理", "主任", "医師"]
)
@pytest.mark.parametrize("name", ["梅本", "小山彩紗", "長谷川"])
def test_a_kanji_name_is_found_before_it(name: str, honorific: str) -> None:
    assert passages(f"先日{name}{honorific}の件", Kind.PERSON_NAME) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("わくたにさんの予約", "わくたに"),
        ("今朝、おおわだ課長に聞いた", "おおわだ"),
        ("なら課長に聞いた。", "なら"),
        ("ヤナギハラ様の件", "ヤナギハラ"),
        ("ﾀﾅｶさんの件", "ﾀﾅｶ"),
        ("Yamaokaさんの予約", "Yamaoka"),
        ("ＳＵＺＵＫＩ様宛て", "ＳＵＺＵＫＩ"),
        ("トランプ氏の発言", "トランプ"),
        ("髙﨑さんの件", "髙﨑"),
        ("東さんに確認", "東"),
        ("おがわさまより", "おがわ"),
        ("バルデモ司教の命令", "バルデモ"),
        ("桐谷彰男元党首が離党した", "桐谷彰男"),
        ("オバマ米大統領の演説", "オバマ"),
        ("しかし、恭篤氏は会見しない", "恭篤"),
        ("福島支店の石田支店長から", "石田"),
    ],
)
def test_a_name_is_found_in_every_script(text: str, name: str) -> None:
    assert passages(text, Kind.PERSON_NAME) == [name]


def test_somebody_from_abroad_is_a_person_and_a_vendor_is_a_company() -> None:
    assert passages("バスネットさん（ネパール出身）との面談", Kind.PERSON_NAME) == ["バスネット"]
    assert found("バスネットさんの製品と比較しています") == []


@pytest.mark.parametrize(
    "text",
    [
        "税理士さんに依頼中",
        "皆様ご多忙のようで返事が遅い",
        "取引先様の構内で作業",
        "お客さんと親御さんと業者さん",
        "製造部長、人事課長、工場長で協議",
        "新部長が着任、元社員と各課長",
        "長岡工場長と新潟支店長",
        "大塚商会さん経由で見積",
        "それなら部長に、まず課長に",
        "主治医の先生に宛てた封書",
        "おかげさまで創業50周年、ごちそうさまでした",
        "日本語が母語でない社員と休みがちな職員",
        "フランス大統領選挙とイギリス首相官邸",
        "社会人選手権と実業団選手の合宿",
    ],
)
def test_posts_and_companies_are_none(text: str) -> None:
    assert found(text) == []
