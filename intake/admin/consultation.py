"""2-1: one consultation for staff: a page that opens the envelope for those who may, and says so in the audit."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from intake.admin.consultations import ConsultationList
from intake.admin.statistics import StatisticsPage
from intake.choices import STEPS, Kind, Question
from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services import reading

logger = logging.getLogger("intake.admin")

UNANSWERED = "未回答"
SEALED, BROKEN = "（封をしています）", "（開けませんでした）"


def _answer(question: Question) -> Callable[[Consultation], str]:
    """A read-only admin field that shows the answer in words, as the form asked for it."""

    def show(consultation: Consultation) -> str:
        if question.field in PERSONAL_FIELDS:
            opened = consultation.opened
            if opened is None:
                return BROKEN if consultation.does_not_open else SEALED
            return getattr(opened, question.field) or UNANSWERED
        value = getattr(consultation, question.field)
        if question.options is None:
            return value or UNANSWERED
        chosen = value if question.kind is Kind.MANY else [value]
        return "、".join(str(question.options(v).label) for v in chosen if v) or UNANSWERED

    return admin.display(show, description=question.label)


# Any: django-stubs knows fields by name only, Django takes callables as well.
_ANSWER_FIELDSETS: Any = tuple(
    (step.title, {"fields": [_answer(question) for question in step.questions]}) for step in STEPS
)


@admin.register(Consultation)
class ConsultationAdmin(StatisticsPage, ConsultationList):
    """The answers are grouped as they were asked."""

    fieldsets = (
        (None, {"fields": ("reference", "status", "submitted_at")}),
        *_ANSWER_FIELDSETS,
        ("メール", {"fields": ("acknowledged_at", "staff_notified_at", "mail_refused_at")}),
        (
            "同意と版",
            {"fields": ("policy_edition", "policy_digest", "schema_digest"), "classes": ("collapse",)},
        ),
    )
    readonly_fields = tuple(field for _, options in _ANSWER_FIELDSETS for field in options["fields"])

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        """Open the envelope for those who may, just before it is shown; the service leaves the audit entry."""
        if isinstance(obj, Consultation) and request.user.has_perm("intake.open_envelope"):
            try:
                obj.opened = reading.open_personal(obj, by=request.user, at=timezone.now()).personal
            except (reading.SealError, reading.UnknownKey) as error:
                obj.does_not_open = True
                logger.error("envelope does not open", extra={"fault": type(error).__name__})
                messages.error(request, "個人情報の封を開けませんでした。運用の担当者に知らせてください。")
        return super().render_change_form(request, context, add, change, form_url, obj)
