"""2-1: the hearing form as a table — one line a question, in the policy's order, in four steps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

from intake.choices import options

FREE_TEXT_WARNING = (
    "従業員の方の氏名・社員番号・診断名など、個人が分かる内容や健康に関する情報は書かないでください。"
)
_OUTLINE = FREE_TEXT_WARNING + "件数や状況のあらましだけで十分です。"


class Kind(Enum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    LINE = "line"
    TEXT = "text"
    EMAIL = "email"


@dataclass(frozen=True)
class Question:
    """One question. `key` is the policy's name and the input's name; `label` is the policy's word for it, which
    the check page and staff see; `ask` is how the form asks it; `limit` counts characters."""

    key: str
    label: str
    ask: str
    kind: Kind
    options: type[TextChoices] | None = None
    limit: int | None = None
    support: str = ""
    autocomplete: str = ""
    required: bool = False

    @property
    def field(self) -> str:
        """The key in snake_case: the name of the model's field, or of the sealed one."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.key).lower()

    def words(self, value: str | Sequence[str]) -> list[str]:
        """An answer as people read it: the labels of what was chosen, or the text; nothing where there is none."""
        values = [value] if isinstance(value, str) else value
        return [str(self.options(each).label) if self.options else each for each in values if each]


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    slug: str
    title: str
    lead: str
    questions: tuple[Question, ...]


STEPS = (
    Step(
        "organisation",
        "体制",
        "会社の規模と、産業医の体制をお聞きします。",
        (
            Question("employeeCount", "従業員規模", "従業員は何名ですか", Kind.ONE, options.EmployeeCount),
            Question("locationCount", "拠点数", "拠点はいくつありますか", Kind.ONE, options.LocationCount),
            Question(
                "doctorStatus",
                "産業医体制",
                "産業医の体制はどうなっていますか",
                Kind.ONE,
                options.DoctorStatus,
            ),
            Question(
                "visitRequired", "訪問の要否", "産業医などの訪問は必要ですか", Kind.ONE, options.VisitRequired
            ),
            Question(
                "monthlyCases",
                "月の対応件数",
                "ひと月に何件ほど対応していますか",
                Kind.ONE,
                options.MonthlyCases,
            ),
        ),
    ),
    Step(
        "cases",
        "ケースと困りごと",
        "どのようなケースに対応されていて、何にお困りかをお聞きします。",
        (
            Question(
                "caseTypes", "ケース種別", "どのようなケースに対応していますか", Kind.MANY, options.CaseType
            ),
            Question(
                "caseTypesOther",
                "ケース種別（その他の内容）",
                "「その他」のケースがあればお書きください",
                Kind.TEXT,
                limit=1000,
                support=_OUTLINE,
            ),
            Question("painPoints", "困りごと", "何にお困りですか", Kind.MANY, options.PainPoint),
            Question(
                "painPointsOther",
                "困りごと（その他の内容）",
                "「その他」の困りごとがあればお書きください",
                Kind.TEXT,
                limit=1000,
                support=_OUTLINE,
            ),
            Question(
                "deadlinePressure",
                "緊急対応の頻度",
                "急ぎの対応は、どのくらいありますか",
                Kind.ONE,
                options.DeadlinePressure,
            ),
        ),
    ),
    Step(
        "operation",
        "運用と支援",
        "今の進め方と、ご希望の支援をお聞きします。",
        (
            Question(
                "schedulingHandler",
                "日程調整の担当",
                "面談の日程は、どなたが調整していますか",
                Kind.ONE,
                options.SchedulingHandler,
            ),
            Question(
                "schedulingSystem",
                "利用している日程調整手段",
                "日程の調整には、主に何を使っていますか",
                Kind.ONE,
                options.SchedulingSystem,
            ),
            Question(
                "requiredSupport",
                "必要な支援内容",
                "どのような支援をご希望ですか",
                Kind.MANY,
                options.Support,
            ),
            Question(
                "interviewRatio",
                "面談比率（対面とオンライン）",
                "面談は、対面とオンラインのどちらが多いですか",
                Kind.ONE,
                options.InterviewRatio,
            ),
            Question(
                "decisionMaker", "決裁者", "導入を決めるのは、どなたですか", Kind.ONE, options.DecisionMaker
            ),
        ),
    ),
    Step(
        "contact",
        "ご連絡先",
        "ご連絡先と、導入にあたっての条件をお聞きします。必須はメールアドレスだけです。",
        (
            Question("companyName", "会社名", "会社名", Kind.LINE, limit=200, autocomplete="organization"),
            Question("position", "役職", "役職", Kind.LINE, limit=100, autocomplete="organization-title"),
            Question(
                "contactName", "担当者名", "ご担当者のお名前", Kind.LINE, limit=100, autocomplete="name"
            ),
            Question(
                "email",
                "メールアドレス",
                "メールアドレス",
                Kind.EMAIL,
                limit=254,
                support="日程のご相談と資料の送付に使います。例: name@example.jp",
                autocomplete="email",
                required=True,
            ),
            Question(
                "groupware",
                "利用グループウェア",
                "お使いのグループウェアは何ですか",
                Kind.ONE,
                options.Groupware,
            ),
            Question(
                "security",
                "セキュリティ要件",
                "情報セキュリティーについての条件があればお書きください",
                Kind.TEXT,
                limit=2000,
                support=FREE_TEXT_WARNING,
            ),
            Question("timeline", "導入希望時期", "いつごろの導入をお考えですか", Kind.ONE, options.Timeline),
        ),
    ),
)

QUESTIONS = tuple(question for step in STEPS for question in step.questions)
FREE_TEXTS = tuple(question for question in QUESTIONS if question.kind is Kind.TEXT)
