"""2-1: a finding takes the whole illness and the whole name, so that nothing of them is left behind a mask."""

import pytest

from intake.screening import Kind, screen
from tests.intake.screening.found import found, passages

ILLNESSES = [
    ("乳がん", "経理の鈴木が乳がんで入院中。"),
    ("子宮頸がん", "Aさんは子宮頸がんの手術を受けた"),
    ("すい臓がん", "社員Bがすい臓がんで休職した"),
    ("胆のうがん", "本人が胆のうがんと診断された"),
    ("膀胱がん", "部下のCさんが膀胱がんで入院しました"),
    ("大腸ポリープ", "本人は大腸ポリープを切除し、入院中です"),
    ("双極Ⅱ型障害", "企画のAさんが双極Ⅱ型障害で欠勤中"),
    ("双極性障害II型", "企画のAさんが双極性障害II型で欠勤中"),
    ("軽度うつ病エピソード", "部下のAさんが軽度うつ病エピソードと診断された"),
    ("非定型うつ病", "Aさんは非定型うつ病で休職中"),
    ("季節性うつ病", "Aさんは季節性うつ病で休職中"),
    ("反復性うつ病性障害", "Aさんは反復性うつ病性障害で休職中"),
    ("2型糖尿病", "Aさんは2型糖尿病で通院しています"),
    ("若年性アルツハイマー", "課長が若年性アルツハイマーと診断された"),
    ("燃え尽き症候群", "本人が燃え尽き症候群で休職した"),
    ("ギラン・バレー症候群", "Aさんがギラン・バレー症候群で入院した"),
    ("注意欠如・多動症", "Aさんが注意欠如・多動症と診断された"),
    ("むずむず脚症候群", "Aさんがむずむず脚症候群で通院中"),
    ("てんかん発作", "Aさんがてんかん発作で倒れた"),
    ("ALK陽性肺がん", "Aさんは40代でALK陽性肺がんと診断された"),
    ("IgA腎症", "AさんはIgA腎症で通院中"),
    ("腰椎椎間板ヘルニア", "社員Cは腰椎椎間板ヘルニアの手術を受けた"),
    ("左手指切断", "作業員1名が左手指切断で入院した"),
    ("悪性リンパ腫ステージ3", "Aさんは悪性リンパ腫ステージ3で入院中"),
    ("ストレス性胃潰瘍", "Aさんはストレス性胃潰瘍で入院中"),
    ("成人T細胞白血病", "Aさんは成人T細胞白血病で入院中"),
    ("気管支ぜんそく", "部下のBさんは気管支ぜんそくで通院しています"),
    ("ホルモン受容体陽性乳がん", "Aさんはホルモン受容体陽性乳がんで通院中"),
]
NAMES = [
    ("やまだたろう", "やまだたろうは辛い"),
    ("やまだたろう", "やまだたろう 昭和55年3月2日生まれ"),
    ("ヤマダタロウ", "ヤマダタロウ、昭和55年3月2日生まれ"),
    ("さとうはなこ", "さとうはなこ(42歳)です"),
    ("やまだ たろう", "担当のやまだ たろうです"),
    ("さとう はなこ", "氏名:さとう はなこ"),
    ("たなかけんじ", "経理のたなかけんじが休んでいる"),
    ("すずき いちろう", "すずき いちろうさんから相談があった"),
    ("たかはしみさき", "たかはしみさきさんの件"),
    ("わたなべ なおみ", "わたなべ なおみが休職した"),
    ("ナカムラ サトシ", "ナカムラ サトシが休職した"),
    ("佐藤花子", "営業部の佐藤花子が休職"),
    ("佐藤 花子", "営業部の佐藤 花子さんが休職"),
    ("志賀 康平", "総務の志賀 康平課長より"),
    ("山田たろう", "山田たろうは辛い"),
    ("山田 たろう", "担当は山田 たろうです"),
    ("山田タロウ", "山田タロウさんの件"),
    ("田中みさき", "製造部の田中みさきが退職した"),
    ("鈴木 いちろう", "鈴木 いちろうより連絡"),
    ("おおわだ たろう", "おおわだ たろうは辛い"),
    ("佐藤れん", "担当は佐藤れんです"),
    ("高橋健太郎", "高橋健太郎部長の件"),
]


@pytest.mark.parametrize(("planted", "text"), [*ILLNESSES, *NAMES])
def test_behind_a_mask_no_two_characters_of_it_are_left(planted: str, text: str) -> None:
    masked = text
    for finding in reversed(screen(text)):
        masked = masked[: finding.start] + "■■" + masked[finding.end :]
    before, _, behind = text.partition(planted)
    assert masked != text
    left = masked.removeprefix(before).removesuffix(behind)
    assert not [planted[at : at + 2] for at in range(len(planted) - 1) if planted[at : at + 2] in left]


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("営業課長うつ病", "うつ病"),
        ("総務部うつ病休職者A", "うつ病"),
        ("本人の申告:てんかんで入院中", "てんかん"),
        ("35歳男性うつ病", "うつ病"),
        ("山田さんうつ病で休職中", "うつ病"),
        ("Aさんは糖尿病治療中", "糖尿病"),
        ("Aさんは昨年がんで入院", "がん"),
        ("Aさんはうつっぽいと話している", "うつ"),
        ("ASDグレーの部下Aさんへの指示", "ASD"),
        ("Aさんは痛風発作中です", "痛風発作"),
    ],
)
def test_who_has_it_and_what_is_done_are_no_part_of_an_illness(text: str, illness: str) -> None:
    assert passages(text, Kind.DIAGNOSIS) == [illness]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("やまださんが休んでいる", "やまだ"),
        ("経理のさとうから連絡があった", "さとう"),
        ("李さんが休んでいる", "李"),
        ("課長の松本には伝えた", "松本"),
        ("オバマ元大統領の政策", "オバマ"),
    ],
)
def test_what_follows_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert found(text)[:1] == [(name, Kind.PERSON_NAME)]


@pytest.mark.parametrize("phrase", ["ありがとう", "おおきく", "はじめまして", "これまで", "リニューアル"])
def test_a_kana_phrase_before_a_year_is_no_name(phrase: str) -> None:
    assert found(f"{phrase} 2024年に創立50年") == []
