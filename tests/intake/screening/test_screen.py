"""2-1: every rule over one text."""

from dataclasses import FrozenInstanceError

import pytest

from intake.screening import Finding, Kind, screen
from tests.intake.screening.found import found


def test_findings_come_in_the_order_of_the_text_as_it_was_typed() -> None:
    text = "㈱テスト　ﾀﾅｶさん（０９０－１２３４－５６７８）はうつ病で休職中"
    assert found(text) == [
        ("ﾀﾅｶ", Kind.PERSON_NAME),
        ("０９０－１２３４－５６７８", Kind.PHONE),
        ("うつ病", Kind.DIAGNOSIS),
    ]


def test_a_passage_is_one_finding_of_its_most_telling_kind() -> None:
    text = "マイナンバー 1234-5678-9018、sato.kenji@example.jp、社員番号 09012345678"
    kinds = [kind for _, kind in found(text)]
    assert kinds == [Kind.MY_NUMBER, Kind.EMAIL, Kind.EMPLOYEE_NUMBER]


def test_nothing_is_found_in_nothing() -> None:
    assert screen("") == screen(" \n　") == []


@pytest.mark.parametrize("name", ["佐々木　花子", "佐々木花子"])
def test_the_askers_own_name_is_no_finding(name: str) -> None:
    text = "佐々木の代わりに佐々木 花子が伺います"
    assert found("佐々木です。花子さんとも呼ばれます", name=name) == []
    assert found(text, name=name) == []
    assert found("隣の田中さんと伺います", name=name) == [("田中", Kind.PERSON_NAME)]


def test_the_askers_own_company_is_no_finding() -> None:
    text = "志水敦忠では面談が多く、前田さんが担当です"
    assert found(text, company="株式会社志水敦忠") == [("前田", Kind.PERSON_NAME)]


def test_a_finding_says_why_in_a_few_words_of_japanese() -> None:
    assert Finding(0, 2, Kind.PERSON_NAME).reason == "氏名のように見えます"
    assert len({Finding(0, 1, kind).reason for kind in Kind}) == len(Kind)


def test_a_finding_holds_no_text_and_cannot_change() -> None:
    (finding,) = screen("梅本さんの件")
    assert "梅本" not in repr(finding)
    with pytest.raises(FrozenInstanceError):
        finding.start = 1  # type: ignore[misc] # what must fail
