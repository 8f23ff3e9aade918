"""policy.E008: a text that says otherwise than the facts stops the start."""

import pytest

from tests.policy.conftest import Editions, found, only

DISCLOSURE = 'article = "法33条1項"\nfee_yen = 0'


@pytest.mark.parametrize(
    ("file", "replacement", "words"),
    [
        ("text.md", ("2年間", "3年間"), "article 9 does not state retention.consultation.years"),
        ("text.md", ("2年間", "12年間"), "article 9 does not state retention.consultation.years"),
        ("facts.toml", ("years = 2", "years = 3"), "article 9 does not state retention.consultation.years"),
        ("text.md", ("30日", "31日"), "article 9 does not state retention.technical.days"),
        ("text.md", ("90日", "190日"), "article 9 does not state retention.entrusted.days"),
        ("facts.toml", ("days = 90", "days = 60"), "article 9 does not state retention.entrusted.days"),
        ("text.md", ("株式会社MedSelf", "当社"), "controller.name"),
        ("text.md", ("新橋1−18−21", "新橋2"), "controller.address"),
        ("text.md", ("宮部 大輔", "別の者"), "controller.representative"),
        ("text.md", ("電話 03-6403-0173（受付 平日", "電話（受付 平日"), "controller.telephone"),
        ("text.md", ("03-6403-0173", "03-6403-0174"), "complaints.telephone"),
        ("text.md", ("answr202308", "other"), "controller.email"),
        ("text.md", ("平日9:00〜17:00", "平日"), "controller.hours"),
        ("text.md", ("苦情・ご相談窓口", "窓口"), "complaints.name"),
        ("text.md", ("2026年1月2日", "2026年1月3日"), "effective_on"),
        ("text.md", ("# Casetra プライバシーポリシー", "# ポリシー"), "title"),
        (
            "text.md",
            ("6. 法令への対応", "法令への対応"),
            "article 3 lists 5 purposes, the facts 6",
        ),
        ("text.md", ("6. 法令への対応、", "6. 広告の配信、"), "article 3 does not state purposes[5]"),
        ("text.md", ("（timeline）", ""), "article 2-1 does not state form key timeline"),
        ("text.md", ("（timeline）", "（timeline）と年齢（age）"), "article 2-1 states age"),
        ("text.md", ("導入希望時期", "希望"), "article 2-1 does not state the label of timeline"),
        (
            "text.md",
            ("メールアドレスは必須", "連絡先は必須"),
            "article 2-1 does not state the label of email",
        ),
        (
            "facts.toml",
            ("ケース種別（その他の内容）", "相談の種別（その他の内容）"),
            "article 2-1 does not state the label of caseTypesOther",
        ),
        ("facts.toml", ("拠点数", "（拠点の数）"), "article 2-1 does not state the label of locationCount"),
        ("text.md", ("利用停止・消去", "利用停止"), "article 8 does not name request kind erasure"),
        ("text.md", ("いただきません（無料）", "1,000円です"), "article 8 states 1000 yen"),
        ("text.md", ("、どの請求についてもいただきません（無料）", "があります"), "no fee is charged"),
        (
            "facts.toml",
            (DISCLOSURE, DISCLOSURE.replace("0", "300")),
            "article 8 does not state the fee of 300 yen",
        ),
        ("text.md", ("人的安全管理措置", "教育"), "article 6 does not name safeguards[1].kind"),
    ],
)
def test_a_text_that_says_otherwise_than_the_facts_is_found(
    editions: Editions, file: str, replacement: tuple[str, str], words: str
) -> None:
    if words == "controller.telephone":
        editions.change("text.md", ("電話 03-6403-0173、", "電話 03、"))
    editions.change(file, replacement)
    assert words in only("policy.E008").msg


def test_form_keys_in_another_order_are_found(editions: Editions) -> None:
    editions.change("text.md", ("（companyName）", "（x）"), ("（position）", "（companyName）"))
    editions.change("text.md", ("（x）", "（position）"))
    assert "another order" in only("policy.E008").msg


def test_full_width_figures_say_the_same(editions: Editions) -> None:
    editions.change("text.md", ("2年間", "２年間"), ("90日", "９０日"))
    assert found() == []
