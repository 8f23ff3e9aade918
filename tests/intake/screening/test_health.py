"""2-1: an illness is a finding where somebody has it, and none where it is talked of in general."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages

SOMEBODY = [
    "企画のAさんが統合失調症で欠勤中",
    "B氏(てんかん)が戻る",
    "社員Cは椎間板ヘルニアの手術を受けた",
    "40代男性、線維筋痛症",
    "入社3年目の社員が黄斑変性",
    "当該社員はぜんそくです",
    "本人は重症筋無力症で服薬中",
    "同僚がB型肝炎になった",
    "課長が心筋炎で倒れた",
    "妻が認知症になり介護している",
    "私も社交不安で通院している",
    "警備の社員の血圧が195です",
    "女性店員1名が妊娠8か月で入院",
    "溶接工が網膜剥離で入院した",
    "本人が消えたいと漏らしている",
    "Aさんの件です。うつ病とのことでした。",
]
IN_GENERAL = [
    "うつ病がまた増えた",
    "適応障害の方にどう接するかの事例集",
    "不眠や腰痛などの欠勤が中心",
    "難病患者の就労を支援したい",
    "脂質異常症の人が全体の4割",
    "妊娠中の業務を軽くする規則",
    "気分障害で休む若手が増えている",
    "うつ病の社員への接し方の研修をお願いしたい",
    "部下がうつになったらどうすればよいか、管理職向けに教えてほしい",
    "持病のある社員への配慮をどこまですべきか",
    "コロナの後遺症に悩む社員もいる",
    "聴覚障害のある社員が3名働いている",
    "本人が病名を知られたくないと言った場合の対応",
    "佐藤先生の研修でうつ病を学ぶ。糖尿病の予防も扱う。",
]


@pytest.mark.parametrize("text", SOMEBODY)
def test_somebodys_illness_is_found(text: str) -> None:
    assert passages(text, Kind.DIAGNOSIS)


@pytest.mark.parametrize("text", IN_GENERAL)
def test_talk_of_illness_is_none(text: str) -> None:
    assert passages(text, Kind.DIAGNOSIS) == []


def test_the_name_of_an_illness_is_no_persons_name() -> None:
    assert found("パーキンソン病やアルツハイマーの方が増えた") == []


def test_a_person_is_told_from_the_illness() -> None:
    assert found("谷川亜海夏(膠原病)") == [("谷川亜海夏", Kind.PERSON_NAME), ("膠原病", Kind.DIAGNOSIS)]
