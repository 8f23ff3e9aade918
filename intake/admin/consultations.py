"""2-1: the list of consultations for staff; it opens no envelope."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from intake.rules import reference
from safeguards.admin import ReadOnlyAdmin


class ConsultationList(ReadOnlyAdmin):
    """Newest first; found by reference."""

    list_display = ("reference", "company_name", "submitted_at", "status")
    list_filter = ("status", "submitted_at")
    search_fields = ("reference",)
    search_help_text = "受付番号で探せます。ハイフンや空白はあってもなくてもかまいません。"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        # The list needs no blob; the page of one record fetches it when the envelope is opened.
        return super().get_queryset(request).defer("sealed")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """By a whole reference number, as it was read out; a misheard digit is told apart from an unknown number."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        if not search_term or "@" in search_term:
            return found, distinct
        number = reference.parse(search_term)
        if number is None:
            messages.warning(
                request,
                "受付番号（C-と10桁の数字）として正しくありません。聞き間違いや打ち間違いがないか、お確かめください。"
                "会社名やお名前では検索できません。",
            )
        return queryset.filter(reference=number), distinct
