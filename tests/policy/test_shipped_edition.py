"""The facts of the edition that ships are those of the policy: contacts, form, purposes, requests, periods.

What its text says is held in test_shipped_text.py.
"""

from datetime import date

import pytest

from intake.choices import QUESTIONS
from policy import services
from policy.rules.text import articles

KEYS = [
    "employeeCount",
    "locationCount",
    "doctorStatus",
    "visitRequired",
    "monthlyCases",
    "caseTypes",
    "caseTypesOther",
    "painPoints",
    "painPointsOther",
    "deadlinePressure",
    "schedulingHandler",
    "schedulingSystem",
    "requiredSupport",
    "interviewRatio",
    "decisionMaker",
    "companyName",
    "position",
    "contactName",
    "email",
    "groupware",
    "security",
    "timeline",
]


@pytest.fixture
def edition() -> services.Edition:
    return services.edition(date(2026, 1, 2))


def test_it_is_a_draft_until_the_company_confirms_it(edition: services.Edition) -> None:
    assert edition.is_draft


def test_it_names_the_controller_as_the_policy_does(edition: services.Edition) -> None:
    assert list(vars(edition.facts.controller).values()) == [
        "株式会社MedSelf",
        "Casetra",
        "〒105-0004 東京都港区新橋1−18−21",
        "宮部 大輔",
        "answr202308@kdkconslt-sngyouijm.com",
        "03-6403-0173",
        "平日9:00〜17:00",
    ]


def test_the_form_has_the_keys_of_2_1_in_order(edition: services.Edition) -> None:
    assert list(edition.facts.form_keys) == KEYS


def test_only_the_email_is_required(edition: services.Edition) -> None:
    assert [field.key for field in edition.facts.form if field.required] == ["email"]


def test_free_text_is_where_people_write_sentences(edition: services.Edition) -> None:
    free = [field.key for field in edition.facts.form if field.free_text]
    assert free == ["caseTypesOther", "painPointsOther", "security"]


def test_the_form_is_declared_under_the_labels_that_people_see_on_it(edition: services.Edition) -> None:
    labels = {field.key: field.label for field in edition.facts.form}
    assert labels["caseTypesOther"] == "ケース種別（その他の内容）"
    assert labels["painPointsOther"] == "困りごと（その他の内容）"
    assert labels["email"] == "メールアドレス"
    assert labels == {question.key: question.label for question in QUESTIONS}


def test_the_six_purposes_reach_as_far_as_the_policys_and_no_farther(edition: services.Edition) -> None:
    assert edition.facts.purposes == (
        "無料相談（事前ヒアリング）の実施、日程調整、ご連絡、資料のお届け",
        "本サービス（SaaSおよび人的支援を含む）のご提供、運用、保守、サポート対応",
        "ご契約の手続、請求・支払処理、お客様の管理",
        "セキュリティの確保、不正な利用の防止、障害への対応、ログの分析",
        "ご利用状況の分析・統計化（個人を識別できない形での集計を含む）による改善と品質の向上",
        "法令への対応、紛争への対応、権利の行使・防御",
    )


def test_complaints_go_to_the_contact_that_the_policy_gives(edition: services.Edition) -> None:
    ours, complaints = edition.facts.controller, edition.facts.complaints
    assert (complaints.email, complaints.telephone, complaints.hours) == (
        ours.email,
        ours.telephone,
        ours.hours,
    )


def test_the_safeguards_are_of_every_kind_and_name_the_policys_three(edition: services.Edition) -> None:
    groups = {group.kind: "".join(group.measures) for group in edition.facts.safeguards}
    assert list(groups) == [
        "組織的安全管理措置",
        "人的安全管理措置",
        "物理的安全管理措置",
        "技術的安全管理措置",
        "外的環境の把握",
    ]
    for measure in ("アクセス権を管理", "暗号化", "ログを管理"):
        assert measure in groups["技術的安全管理措置"]


def test_every_kind_of_request_is_free_of_charge(edition: services.Edition) -> None:
    assert len(edition.facts.request_kinds) == 9
    assert not edition.facts.charges_fees
    assert edition.facts.request_kind("erasure").article == "法35条1項・5項"


def test_an_unknown_kind_of_request_is_refused(edition: services.Edition) -> None:
    with pytest.raises(KeyError):
        edition.facts.request_kind("forgetting")


def test_retention_is_two_years_and_ninety_days_as_a_guide(edition: services.Edition) -> None:
    ours, theirs = edition.facts.retention.consultation, edition.facts.retention.entrusted
    assert (ours.years, ours.anchor) == (2, "last_contact")
    assert (theirs.days, theirs.anchor, theirs.guide) == (90, "contract_end", True)


def test_the_text_has_every_article_once_in_order(edition: services.Edition) -> None:
    numbers = [article.number for article in articles(edition.text)]
    assert numbers == ["1", "2", "2-1", "2-2", "2-3", "3", "4", "5", "6", "7", "8", "9", "10"]
