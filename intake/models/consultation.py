"""2-1: a consultation — choices and the company's name as columns, the personal part as one sealed blob."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, TextChoices

from intake.choices import QUESTIONS, Kind, Review, Status, options
from intake.rules.progress import CLOSED

# Selections in the words of the partial indexes below, or else PostgreSQL does not use them.
OPEN = ~Q(status__in=CLOSED)


def _one(label: str, choices: type[TextChoices]) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=30, blank=True, choices=choices)


def _many(label: str, choices: type[TextChoices]) -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=30, choices=choices), verbose_name=label, blank=True, default=list
    )


def _known_options() -> list[models.CheckConstraint]:
    """The database, too, refuses an answer that the form does not offer."""
    constraints = []
    for question in QUESTIONS:
        if question.options is None:
            continue
        values = question.options.values
        known = (
            Q(**{f"{question.field}__contained_by": values})
            if question.kind is Kind.MANY
            else Q(**{f"{question.field}__in": ["", *values]})
        )
        constraints.append(
            models.CheckConstraint(condition=known, name=f"consultation_{question.field}_known")
        )
    return constraints


class Consultation(models.Model):
    """One hearing form as it was sent. The personal part is read through `services` alone."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField("受付番号", max_length=13, unique=True)
    status = models.CharField("状態", max_length=20, choices=Status, default=Status.NEW)
    submitted_at = models.DateTimeField("受付日時")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="担当者",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # `consultation_by_assignee` begins with it
    )
    next_action_on = models.DateField("次の対応日", null=True, blank=True)
    # 第9条: the clock. Written by `services.contacts` alone; the day of expiry is derived, never stored.
    last_contact_on = models.DateField("最終接触日")
    # Counts the staff's changes: a page that shows an older one is told so.
    version = models.PositiveIntegerField(default=1)

    employee_count = _one("従業員規模", options.EmployeeCount)
    location_count = _one("拠点数", options.LocationCount)
    doctor_status = _one("産業医体制", options.DoctorStatus)
    visit_required = _one("訪問の要否", options.VisitRequired)
    monthly_cases = _one("月の対応件数", options.MonthlyCases)
    case_types = _many("ケース種別", options.CaseType)
    pain_points = _many("困りごと", options.PainPoint)
    deadline_pressure = _one("緊急対応の頻度", options.DeadlinePressure)
    scheduling_handler = _one("日程調整の担当", options.SchedulingHandler)
    scheduling_system = _one("利用している日程調整手段", options.SchedulingSystem)
    required_support = _many("必要な支援内容", options.Support)
    interview_ratio = _one("面談比率", options.InterviewRatio)
    decision_maker = _one("決裁者", options.DecisionMaker)
    company_name = models.CharField("会社名", max_length=200, blank=True)
    # As `rules.company` writes it, and in pieces: what searches by a part of the name look at.
    company_normal = models.TextField(blank=True)
    company_grams = ArrayField(models.CharField(max_length=2), blank=True, default=list)
    groupware = _one("利用グループウェア", options.Groupware)
    timeline = _one("導入希望時期", options.Timeline)

    sealed = models.BinaryField("封をした個人情報")
    # 2-3: in an envelope of its own, since it has another period; null where there was nothing, or not any more.
    technical = models.BinaryField("封をした接続元の情報", null=True)

    # What the person was shown and agreed to (法21条2項), and which form they filled.
    policy_edition = models.DateField("同意したポリシーの版")
    policy_digest = models.CharField("同意した本文のダイジェスト", max_length=64)
    schema_digest = models.CharField("フォームのダイジェスト", max_length=64)

    # Minted with the page: a double click, a reload and a retry after a crash are one record.
    submission_token = models.UUIDField(unique=True)

    # Mail: null means not yet sent, and is the whole queue; no text of a mail is stored (docs/decisions/0006).
    acknowledged_at = models.DateTimeField("受付メールの送信日時", null=True, blank=True)
    staff_notified_at = models.DateTimeField("担当者への通知日時", null=True, blank=True)
    mail_refused_at = models.DateTimeField("受付メールを届けられないと分かった日時", null=True, blank=True)

    bounced_at = models.DateTimeField("不達と分かった日時", null=True, blank=True)

    # 2-1: with which rules the free texts were read, what became of what was found, and since when it waits.
    screened_with = models.CharField("自由記載の確認に使った規則", max_length=64, blank=True)
    review = models.CharField("自由記載の確認", max_length=10, choices=Review, blank=True)
    flagged_at = models.DateTimeField("自由記載が要確認になった日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "無料相談"
        ordering = ("-submitted_at", "id")
        permissions = (
            ("open_envelope", "無料相談の個人情報を開くことができる"),
            ("triage", "無料相談の状態・担当者・やり取りを記録できる"),
            ("export_personal", "無料相談を個人情報とともに書き出せる"),
            ("review_texts", "要確認の自由記載を表示し、伏せ字にできる"),
            ("open_technical", "無料相談の接続元の情報を開くことができる"),
            ("erase_consultation", "無料相談を消去できる"),
        )
        indexes = (
            # Lists in their order: whole, by each filter, and by the pairs that walking down one column would find
            # late, since they go against each other (the new are seldom quiet). Staff look at the open ones most.
            models.Index(fields=["-submitted_at", "id"], name="consultation_latest"),
            models.Index(fields=["status", "-submitted_at", "id"], name="consultation_by_status"),
            models.Index(fields=["assignee", "-submitted_at", "id"], name="consultation_by_assignee"),
            models.Index(fields=["last_contact_on", "id"], name="consultation_last_contact"),
            models.Index(fields=["status", "last_contact_on", "id"], name="consultation_status_contact"),
            models.Index(
                fields=["next_action_on", "id"],
                condition=~Q(next_action_on=None),
                name="consultation_next_action",
            ),
            # What 「今日の対応」 counts first: mine that are due, and the new ones that nobody has.
            models.Index(
                fields=["assignee", "next_action_on"],
                condition=~Q(next_action_on=None),
                name="consultation_own_next_action",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status=Status.NEW, assignee=None),
                name="consultation_unassigned",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(acknowledged_at=None, mail_refused_at=None),
                name="consultation_unsent",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=~Q(bounced_at=None, mail_refused_at=None),
                name="consultation_undelivered",
            ),
            models.Index(fields=["last_contact_on", "id"], condition=OPEN, name="consultation_open"),
            models.Index(
                fields=["assignee", "last_contact_on", "id"],
                condition=OPEN,
                name="consultation_open_by_assignee",
            ),
            models.Index(
                fields=["submitted_at"], condition=~Q(technical=None), name="consultation_technical"
            ),
            # In the list's order: of a name that many have, the newest are found without sorting all.
            models.Index(
                fields=["company_normal", "-submitted_at", "id"],
                condition=~Q(company_normal=""),
                name="consultation_company",
            ),
            models.Index(fields=["flagged_at"], condition=Q(review=Review.DUE), name="consultation_review"),
            GinIndex(fields=["company_grams"], name="consultation_grams"),
        )
        constraints = (
            *_known_options(),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="consultation_status_known"),
            models.CheckConstraint(
                condition=Q(review="", flagged_at=None)
                | Q(review__in=Review.values, flagged_at__isnull=False),
                name="consultation_flagged_since",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^C-\d{5}-\d{5}$"), name="consultation_reference_form"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(mail_refused_at=None),
                name="consultation_acknowledged_or_refused",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=CLOSED) | Q(next_action_on=None), name="consultation_closed_is_done"
            ),
        )

    def __str__(self) -> str:
        return self.reference


KIND = Consultation._meta.label_lower  # what envelopes, lookups and the audit call it
