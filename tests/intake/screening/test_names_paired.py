"""2-1: family and given name side by side."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    "name",
    [
        "湯川 覚範",
        "沼尻　朝美",
        "タナカ タロウ",
        "たなか たろう",
        "Yamada Hanako",
        "SATO Kenji",
        "T. Mori",
        "ジョン・スミス",
    ],
)
def test_a_pair_is_found_without_any_word_beside_it(name: str) -> None:
    assert passages(f"{name}、休職延長", Kind.PERSON_NAME) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "東京 大阪 名古屋",
        "品質 管理 課",
        "メンタル ヘルス ケア",
        "サン・フランシスコの拠点",
        "ショパン・コンクールの予選",
        "ベルリン・フィルの演奏会",
        "Google Workspace と Touch On Time",
        "Microsoft Teams",
        "レッド・ツェッペリン",
    ],
)
def test_other_pairs_are_none(text: str) -> None:
    assert found(text) == []


def test_a_department_is_no_given_name() -> None:
    assert passages("金井 総務部 の席", Kind.PERSON_NAME) == ["金井"]


def test_a_sentence_before_a_year_is_no_entry_of_a_table() -> None:
    assert found("無料で配布していたが、2015年から有料になった") == []


def test_an_english_title_is_followed_by_a_name() -> None:
    assert passages("Mr. Basnet と Dr. Brown", Kind.PERSON_NAME) == ["Basnet", "Brown"]
