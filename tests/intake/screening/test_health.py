"""2-1: an illness is a finding where somebody has it, and none where it is talked of in general."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages

SOMEBODY = [
    "経理のAさんが統合失調症で休職中",
    "B氏(てんかん)の復職",
    "社員Cは椎間板ヘルニアの手術を受けた",
    "30代女性、線維筋痛症",
    "入社2年目の社員が緑内障",
    "当該社員はリウマチです",
    "本人は多発性硬化症で服薬中",
    "同僚がC型肝炎になった",
    "課長が白血病で倒れた",
    "妻が認知症になり介護している",
    "私もパニック障害で通院中",
    "経理の社員の血圧が200です",
    "女性社員1名が妊娠6か月で入院",
    "溶接工が網膜剥離で入院した",
    "本人が死にたいと話している",
    "Aさんの件です。うつ病とのことでした。",
]
IN_GENERAL = [
    "うつ病の再発が多い",
    "適応障害の方への配慮事例を知りたい",
    "メンタル不調や腰痛による休職が中心",
    "がん患者の就労支援",
    "高血圧の有所見者が全体の3割",
    "妊娠中の社員の業務軽減のルール",
    "適応障害で休職する若手が増加",
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
    assert found("市村亜海夏(糖尿病)") == [("市村亜海夏", Kind.PERSON_NAME), ("糖尿病", Kind.DIAGNOSIS)]
