"""The shipped text says each thing that the policy says, once and in the article where the policy says it.

The wording is ours, so a phrase here changes with it; what must be said is the policy's, or in articles 6 to 8
and 10 what this edition adds to it.
"""

import re
from datetime import date

import pytest

from policy import services
from policy.rules.text import articles

# Article (0: what stands before the first), and the phrase that carries one of its facts.
PHRASES = [
    ("0", "# Casetra プライバシーポリシー"),
    ("0", "制定日：2026年1月2日"),
    ("0", "運営者：株式会社MedSelf（このポリシーでは「当社」といいます）"),
    ("0", "所在地：〒105-0004 東京都港区新橋1−18−21"),
    ("0", "代表者：宮部 大輔"),
    ("0", "メール <answr202308@kdkconslt-sngyouijm.com>"),
    ("0", "電話 03-6403-0173（受付 平日9:00〜17:00）"),
    ("1", "次のすべてに適用されます"),
    ("1", "当社が提供・運営する「Casetra」"),
    ("1", "付随する"),
    ("1", "ウェブサイト"),
    ("1", "ランディングページ"),
    ("1", "無料相談（事前ヒアリング）のフォーム"),
    ("1", "当社が提供するSaaS"),
    ("1", "人的支援（"),
    ("1", "運用の支援"),
    ("1", "導入の支援"),
    ("1", "専門家による支援"),
    ("1", "含むことがあります"),
    ("1", "SaaSと人的支援を含めて「Casetra」を「本サービス」といいます"),
    ("2-1", "無料相談の準備とご連絡などのため"),
    ("2-1", "選択式の項目"),
    ("2-1", "自由に記入できる項目"),
    ("2-1", "メールアドレスは必須"),
    ("2-1", "自由記載の欄には"),
    ("2-1", "従業員の方個人を特定できる情報"),
    ("2-1", "お名前、社員番号、診断名など"),
    ("2-1", "健康情報は書かない"),
    ("2-1", "書かれていた場合も"),
    ("2-1", "目的の達成に必要のない範囲"),
    ("2-2", "顧客企業など（このポリシーでは「お客様」といいます）"),
    ("2-2", "本サービスをご提供する"),
    ("2-2", "委託を受けて"),
    ("2-2", "取り扱うことがあります"),
    ("2-2", "従業員や関係者の方の情報（氏名、連絡先、所属、雇用や勤務に関する情報など）"),
    ("2-2", "面談や対応の記録（面談の日程、議事のメモ、対応の履歴など）"),
    ("2-2", "添付ファイル（診断書、意見書、社内の書式、関係する資料など）"),
    ("2-2", "入力・保存される情報（ログ、設定情報など）"),
    ("2-2", "健康情報など"),
    ("2-2", "要配慮個人情報"),
    ("2-2", "が含まれることがあります"),
    ("2-3", "サービスの品質を保ち、不正を防ぐなどのため"),
    ("2-3", "アクセスの日時、"),
    ("2-3", "端末の情報、"),
    ("2-3", "ブラウザの情報、"),
    ("2-3", "IPアドレスなど"),
    ("2-3", "取得することがあります"),
    ("3", "取得した情報"),
    ("3", "次の目的で利用します"),
    ("4", "個人データを第三者に提供するのは"),
    ("4", "次のいずれかに当たるときだけです"),
    ("4", "ご本人の同意があるとき"),
    ("4", "法令に基づくとき"),
    ("4", "人の生命・身体・財産を守るために必要で、同意をいただくことが難しいとき"),
    ("4", "公衆衛生の向上や児童の健やかな育成のために特に必要で、同意をいただくことが難しいとき"),
    ("4", "国の機関などへの協力が必要で、同意をいただくと支障が生じるとき"),
    ("5", "業務に必要な範囲で"),
    ("5", "クラウド基盤、"),
    ("5", "メールの配信、"),
    ("5", "日程調整、"),
    ("5", "分析などの業務"),
    ("5", "外部の事業者に委託することがあります"),
    ("5", "適切に選び"),
    ("5", "契約などによって"),
    ("5", "必要かつ適切な監督"),
    ("6", "個人情報への不正なアクセス"),
    ("6", "漏えい・滅失・毀損などを防ぐ"),
    ("6", "組織的安全管理措置："),
    ("6", "人的安全管理措置："),
    ("6", "物理的安全管理措置："),
    ("6", "技術的安全管理措置："),
    ("6", "アクセス権の管理"),
    ("6", "ログの管理"),
    ("6", "暗号化"),
    ("6", "取扱いの責任者"),
    ("6", "連絡体制"),
    ("6", "見た記録と変えた記録"),
    ("6", "秘密保持"),
    ("6", "教育します"),
    ("6", "盗難・紛失"),
    ("6", "復元できない方法"),
    ("6", "外部からの不正なアクセスの防止"),
    ("6", "その国の制度を確かめたうえで対策し、国名をお知らせします"),
    ("7", "個人データの漏えいなど、またはそのおそれ"),
    ("7", "関係する法令とガイドラインに従って"),
    ("7", "個人情報保護委員会に報告し"),
    ("7", "ご本人に通知します"),
    ("7", "法令が報告を求める事態"),
    ("7", "公表など、権利と利益を守るために必要な別の措置をとります"),
    ("7", "委託元のお客様にも速やかにお知らせし"),
    ("8", "保有個人データに当たる範囲で"),
    ("8", "ご本人またはその代理人"),
    ("8", "次のことなどを請求できます"),
    ("8", "- 利用目的の通知"),
    ("8", "- 開示、"),
    ("8", "第三者提供記録の開示"),
    ("8", "訂正・追加・削除"),
    ("8", "利用停止・消去"),
    ("8", "第三者提供の停止"),
    ("8", "窓口は、このポリシーの冒頭にある連絡先"),
    ("8", "運転免許証などの写し"),
    ("8", "当社が定める方法"),
    ("8", "ご本人であることを確認させていただきます"),
    ("8", "代理の資格も確認させていただきます"),
    ("8", "手数料は、どの請求についても"),
    ("8", "いただきません（無料）"),
    ("8", "個人情報に関する苦情・ご相談窓口"),
    ("8", "メール <answr202308@kdkconslt-sngyouijm.com>"),
    ("8", "電話 03-6403-0173、受付 平日9:00〜17:00"),
    ("8", "まず委託元のお客様（お勤め先など）にお問い合わせください"),
    ("9", "無料相談フォームの情報："),
    ("9", "原則として、最後のご連絡（最終接触）から2年間"),
    ("9", "法令への対応などで必要なときを除きます"),
    ("9", "お客様のデータ："),
    ("9", "ご契約の間"),
    ("9", "終了後は90日以内を目安に"),
    ("9", "返却や削除など"),
    ("9", "バックアップなどには、一定の期間残ることがあります"),
    ("10", "必要に応じて改定します"),
    ("10", "当社のウェブサイトなど"),
    ("10", "掲載した日から効力が生じます"),
    ("10", "予告した版は、その日の午前0時（日本時間）から効力が生じます"),
]

# An item too many widens what the company may do; an item too few narrows what a person is promised.
ITEMS = {"0": 5, "1": 3, "2-1": 20, "2-2": 4, "2-3": 0, "3": 6, "4": 5, "5": 0, "8": 5, "9": 2}

# 2-1 in the policy's own words: on the form, some questions are put in other words.
FORM_ITEMS = [
    "従業員規模（employeeCount）",
    "拠点数（locationCount）",
    "産業医体制（doctorStatus）",
    "訪問の要否（visitRequired）",
    "月の対応件数（monthlyCases）",
    "ケース種別（caseTypes）と、その自由記載（caseTypesOther）",
    "困りごと（painPoints）と、その自由記載（painPointsOther）",
    "緊急対応の頻度（deadlinePressure）",
    "日程調整の担当（schedulingHandler）",
    "利用している日程調整手段（schedulingSystem）",
    "必要な支援内容（requiredSupport）",
    "面談比率（interviewRatio）",
    "決裁者（decisionMaker）",
    "会社名（companyName）",
    "役職（position）",
    "担当者名（contactName）",
    "メール（email）",
    "利用グループウェア（groupware）",
    "セキュリティ要件（security）",
    "導入希望時期（timeline）",
]


@pytest.fixture
def bodies() -> dict[str, str]:
    text = services.edition(date(2026, 1, 2)).text
    return {"0": text.partition("\n## ")[0], **{each.number: each.body for each in articles(text)}}


def items(body: str) -> list[str]:
    return re.findall(r"^(?:-|\d+\.) (.+)$", body, re.MULTILINE)


@pytest.mark.parametrize(("article", "phrase"), PHRASES)
def test_each_fact_stands_once_in_its_article(bodies: dict[str, str], article: str, phrase: str) -> None:
    assert bodies[article].count(phrase) == 1


@pytest.mark.parametrize(("article", "count"), ITEMS.items())
def test_no_list_is_longer_or_shorter_than_the_policys(
    bodies: dict[str, str], article: str, count: int
) -> None:
    assert len(items(bodies[article])) == count


def test_the_form_is_listed_in_the_policys_words(bodies: dict[str, str]) -> None:
    assert items(bodies["2-1"]) == FORM_ITEMS


def test_a_breach_is_reported_as_the_law_requires_and_not_at_will(bodies: dict[str, str]) -> None:
    assert "ことがあります" not in bodies["7"]
