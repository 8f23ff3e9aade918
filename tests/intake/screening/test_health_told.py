"""2-1: one person is told of by calling, by existence, by a label or in the sentence before, without a name."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import passages

SOMEBODY = [
    "電気工がくも膜下出血で搬送された",
    "うちの栄養士さん、五十肩で腕が上がらない",
    "薬局長が胃潰瘍で入院した",
    "ソムリエが味覚障害になってしまった",
    "検査室の人が難聴で、警報が聞こえない",
    "糖尿病だと打ち明けてくれた方がいます",
    "病名:潰瘍性大腸炎",
    "係員Bの診断書に抑うつ状態とある",
    "板前が厨房で倒れました。診断は脳出血でした。",
    "休んでいる者がおります。適応障害です。",
    "社員番号 5512 は喘息で通院中",
    "半年前に胃潰瘍と診断され、今も通院しています",
    "わたしADHDなんです",
    "面接でてんかんの持病があると話した社員への配慮",
]
NOBODY = [
    "原因がうつ病かどうかの見分け方",
    "休職の半数は適応障害です",
    "コロナ禍で在宅勤務になりました",
    "全ドライバーに睡眠時無呼吸の検査をした",
    "骨折した社員の手続の流れ",
    "糖尿病の社員がいるとどうなるかを知りたい",
    "関係者はうつ病に理解がある",
    "陽性者は出勤停止としている",
    "うつ病を申告した社員への対応ルールを整備したい",
    "持病があると話した人には産業医面談を案内しています",
    "胃がんの手術を受けた社員が5名います",
]


@pytest.mark.parametrize("text", SOMEBODY)
def test_somebody_without_a_name_is_told_of(text: str) -> None:
    assert passages(text, Kind.DIAGNOSIS)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_told_of(text: str) -> None:
    assert passages(text, Kind.DIAGNOSIS) == []


def test_a_wish_counts_in_its_own_clause_only() -> None:
    assert passages("派遣の女性が乳がんで手術することになり、代わりをどうするか", Kind.DIAGNOSIS)
    assert passages("派遣の女性が乳がんの手術をどうするか", Kind.DIAGNOSIS) == []
