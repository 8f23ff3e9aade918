"""2-1: words for illness, treatment and results, from our lists and by their endings."""

import pytest

from intake.screening.health import terms
from intake.screening.page import read


def mentioned(text: str) -> list[str]:
    return [text[start:end] for start, end in terms.find(read(text))]


@pytest.mark.parametrize(
    "term",
    [
        *(
            "うつ病",
            "適応障害",
            "くも膜下出血",
            "椎間板ヘルニア",
            "C型肝炎",
            "抗がん剤",
            "自殺未遂",
            "血圧が190",
            "HbA1c 9.8",
            "障害者手帳2級",
        ),
        # Known by their ending alone:
        *("線維筋痛症", "川崎病", "卵巣癌", "膵炎", "大腿骨骨折", "急性腎不全", "食中毒", "ガングリオン嚢腫"),
    ],
)
def test_a_term_is_seen_as_a_whole(term: str) -> None:
    assert mentioned(f"去年、{term}で休んだ") == [term]


@pytest.mark.parametrize(
    "text",
    [
        "システム障害の連絡",
        "サーバー障害時",
        "SASEの導入",
        "ガンダムの模型",
        "うつ伏せの作業",
        "がんばりすぎ",
        "炎天下",
        "症状が出る前",
        "看病のため",
        "レーガンの演説",
    ],
)
def test_other_words_with_the_same_letters_are_none(text: str) -> None:
    assert mentioned(text) == []
