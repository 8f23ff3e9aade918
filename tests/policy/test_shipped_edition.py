"""The edition that ships carries over every figure of the policy, and says so in its own numbering."""

from datetime import date

import pytest

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


def test_there_are_six_purposes(edition: services.Edition) -> None:
    assert len(edition.facts.purposes) == 6


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


def test_a_breach_is_reported_as_the_law_requires_and_not_at_will(edition: services.Edition) -> None:
    seventh = next(article.body for article in articles(edition.text) if article.number == "7")
    assert "個人情報保護委員会に報告し、ご本人に通知します" in seventh
    assert "ことがあります" not in seventh
