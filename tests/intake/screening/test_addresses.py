"""2-1: where somebody lives; a company's own address is none."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    "address",
    [
        "東京都杉並区高円寺南7-21-3",
        "福岡県大牟田市有明町5丁目14番2号",
        "文京区本駒込８－１７－６　メゾン２０５",
        "兵庫県西宮市甲子園町1番82号",
        "北海道札幌市北区北24条西5丁目1-1",
        "青森県弘前市大字下白銀町1-1",
    ],
)
def test_a_home_is_found_down_to_its_number(address: str) -> None:
    assert passages(f"自宅は{address}です", Kind.ADDRESS) == [address]


def test_a_label_needs_no_number() -> None:
    assert passages("住所：埼玉県川口市", Kind.ADDRESS) == ["埼玉県川口市"]


def test_where_somebody_lives_needs_no_number_behind_the_quarter() -> None:
    assert passages("Bさんは名古屋市緑区みどりが丘三丁目に住んでいる", Kind.ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        "本社は東京都千代田区丸の内1-1-1にあります",
        "東京都港区芝公園4-2-8の営業所",
        "上越工場と佐渡営業所",
        "さいたま市と川口市の2拠点",
        "川崎市の社員が多い",
        "1-2回、3の2、2丁目の角",
        "名古屋市緑区みどりが丘三丁目の宅地が分譲された",
    ],
)
def test_a_company_and_a_region_are_none(text: str) -> None:
    assert found(text) == []
