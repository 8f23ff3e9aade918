"""2-1: what is found in the free texts of one consultation, how it is masked, and how it is counted."""

import pytest

from intake.rules.answers import PersonalPart
from intake.services import free_texts
from intake.services.free_texts import MASK, Finding, Kind
from safeguards.rules import audit
from tests.intake.found import CASE, CLEAN, PAIN, SECURITY
from tests.intake.screening import sample


def found(*, company: str = "", **personal: str) -> dict[str, list[str]]:
    """The passages that are found, by field."""
    findings = free_texts.find(PersonalPart(**personal), company=company)
    return {
        field: [personal[field][each.start : each.end] for each in each_field]
        for field, each_field in findings.items()
    }


def test_the_three_boxes_are_read_and_nothing_else() -> None:
    assert free_texts.FIELDS == ("case_types_other", "pain_points_other", "security")
    assert found(case_types_other=CASE, pain_points_other=PAIN, security=SECURITY) == {
        "case_types_other": ["佐藤花子", "うつ病"],
        "pain_points_other": ["山田太郎", "A-10234"],
        "security": ["鈴木一郎"],
    }
    assert found(position="鈴木一郎部長", contact_name="鈴木一郎", email="suzuki@example.jp") == {}


def test_a_box_in_which_nothing_is_found_is_left_out() -> None:
    assert found(case_types_other=CLEAN, security=SECURITY) == {"security": ["鈴木一郎"]}
    assert found(case_types_other=CLEAN) == found() == {}


def test_the_askers_own_name_and_company_are_no_finding() -> None:
    assert found(security=SECURITY, contact_name="鈴木 一郎") == {}
    assert found(security=SECURITY, contact_name="鈴木") == {"security": ["鈴木一郎"]}
    own = "高橋さんの紹介です。"
    assert found(security=own) == {"security": ["高橋"]}
    assert found(security=own, company="高橋") == {}


@pytest.mark.parametrize(
    "text", [MASK, "氏名：■■", "担当は■■です。", "■■さんに聞いてください。", "社員番号 ■■", "氏名：■■ ■■"]
)
def test_what_was_masked_is_no_finding(text: str) -> None:
    assert found(security=text) == {}


def test_every_finding_is_replaced_by_a_mask_that_tells_no_length() -> None:
    findings = free_texts.find(PersonalPart(security=CASE), company="")["security"]
    assert free_texts.masked(CASE, findings) == "営業部の■■さんが■■で休職中です。\n復職は来月の予定です。"
    assert free_texts.masked(CASE, findings[1:]) == (
        "営業部の佐藤花子さんが■■で休職中です。\n復職は来月の予定です。"
    )
    assert free_texts.masked(CASE, []) == CASE
    assert free_texts.masked("山田", [Finding(0, 2, Kind.PERSON_NAME)]) == MASK


def test_what_is_left_beside_a_mask_is_told_where_it_stands_then() -> None:
    findings = free_texts.find(PersonalPart(pain_points_other=PAIN), company="")["pain_points_other"]
    (number,) = free_texts.left(findings, masked=findings[:1])
    after = free_texts.masked(PAIN, findings[:1])
    assert (after[number.start : number.end], number.kind) == ("A-10234", Kind.EMPLOYEE_NUMBER)
    assert free_texts.left(findings, masked=findings[1:]) == findings[:1]
    assert free_texts.left(findings, masked=findings) == []


def test_the_runs_of_a_text_are_the_text() -> None:
    findings = free_texts.find(PersonalPart(security=CASE), company="")["security"]
    runs = free_texts.runs(CASE, findings)
    assert "".join(piece for piece, _ in runs) == CASE
    assert [piece for piece, finding in runs if finding] == ["佐藤花子", "うつ病"]
    assert free_texts.runs(CASE, []) == [(CASE, None)]


def test_masking_all_of_a_text_leaves_hardly_any_to_be_found() -> None:
    """In the screen's sample: a mask is never found again, and next to nothing comes up where it was not."""
    left = 0
    for each in sample.read("*.jsonl"):
        findings = free_texts.find(PersonalPart(security=each.text), company="").get("security", [])
        text = free_texts.masked(each.text, findings)
        left += bool(again := found(security=text).get("security", []))
        assert all(passage.strip(f"{MASK} ") for passage in again)
    assert left <= 5


def test_the_count_names_kinds_and_numbers_and_no_text() -> None:
    personal = PersonalPart(case_types_other=CASE, pain_points_other=PAIN, security=SECURITY)
    said = free_texts.counted(free_texts.find(personal, company=""))
    assert said == "diagnosis=1, employee_number=1, person_name=3"
    assert free_texts.counted({}) == ""


def test_the_count_of_every_kind_at_once_is_a_label_that_an_audit_entry_takes() -> None:
    """2,000 findings of each of ten kinds: those that do not fit are told together."""
    every = {"security": [Finding(0, 1, kind) for kind in Kind] * 2000}
    said = audit.label(free_texts.counted(every))
    assert said.startswith("address=2000, birth_date=2000, ")
    kept = audit.label(free_texts.counted(every, kept=2000))
    assert kept.startswith("address=2000, birth_date=2000, ")
    behind = audit.label(free_texts.counted(every, first="telephone.missed"))
    assert behind.startswith("telephone.missed, address=2000, ")
    assert kept.endswith(", kept=2000")
    assert sum(int(part.partition("=")[2]) for part in kept.split(", ")[:-1]) == 20_000
    counts = [int(part.partition("=")[2]) for part in said.split(", ")]
    assert (said.rpartition(", ")[2].startswith("more="), sum(counts)) == (True, 20_000)
