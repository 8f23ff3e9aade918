"""2-1: the list of consultations for staff: newest first, searched and filtered; it opens no envelope.

Its address says what it shows, so that other pages can link to it. All parameters may be combined:

    q=               reference number, or a part of the company's name
    status=          open (未完了), or a Status: new, in_progress, meeting_set, met, won, declined, …
    assignee=        me, none, or the id of an account
    mail=            unsent; of these waiting (tried again) or given_up (14 days old); undelivered (不達)
    review=          due (要確認), or of these late (for REVIEW_DAYS days or longer); the oldest first
    next_action=     due (today and before), overdue (before today), later
    received_from=   received_to=        YYYY-MM-DD, both included, days in Tokyo
    last_contact_from=   last_contact_to=   likewise; the list then begins with the oldest contact
    edition=         YYYY-MM-DD: the edition agreed to, where there are several

Anything else, and a value that is none, gives the whole list with a message.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.db.models import BooleanField, ExpressionWrapper, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from intake.admin import by_email, clock, export, filters
from intake.admin.periods import LastContactFilter
from intake.choices import MailState, NextAction, Review
from intake.models import Consultation
from intake.rules import company, reference
from intake.services import mail_state, search, selection, triage
from safeguards.admin import ReadOnlyAdmin

_PARAMETERS = filters.PARAMETERS | {SEARCH_VAR, PAGE_VAR, ORDER_VAR, ALL_VAR}
_SORTABLE = ("received", "last_contact")
_DAY = "Y/m/d"  # short enough for eight columns, and of the same width in every row
_LONGEST_TERM = 200  # as a company's name may be


class _ChangeList(ChangeList):
    """Django's, ordered by nothing that has no index."""

    def get_ordering_field(self, field_name: Any) -> Any:  # Any: as Django's
        return super().get_ordering_field(field_name) if field_name in _SORTABLE else None

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Model]) -> Any:  # Any: as Django's
        ordering = super().get_ordering(request, queryset)
        return self._get_default_ordering() if ordering == ["-pk"] else ordering

    def _get_default_ordering(self) -> list[str]:
        """By the day that is filtered by, the oldest first: it is what has waited longest."""
        if "review" in self.params:
            return ["flagged_at", "id"]
        if "next_action" in self.params:
            return ["next_action_on", "id"]
        if not self.params.keys().isdisjoint(LastContactFilter.parameters()):
            return ["last_contact_on", "id"]
        return ["-submitted_at", "id"]


class ConsultationList(ReadOnlyAdmin):
    """Newest first; found by reference and company, and by exact e-mail on a page of its own."""

    list_display = (
        "reference",
        "company_name",
        "received",
        "state",
        "last_contact",
        "next_action",
        "assigned_to",
    )
    list_filter = filters.ALL
    list_per_page = 50
    list_select_related = ("assignee",)
    show_facets = ShowFacets.NEVER
    sortable_by = _SORTABLE
    search_fields = ("reference",)
    search_help_text = (
        "受付番号か、会社名の一部で探せます。ハイフンや空白、ひらがなとカタカナ、全角と半角の違いは問いません。"
        "お名前では探せません。"
    )

    @admin.display(description="受付日時", ordering="submitted_at")
    def received(self, consultation: Consultation) -> str:
        return date_format(timezone.localtime(consultation.submitted_at), f"{_DAY} H:i")

    @admin.display(description="状態")
    def state(self, consultation: Consultation) -> str:
        status = consultation.get_status_display()
        if consultation.review != Review.DUE:
            return status
        flag = '{} <strong class="flag"><span class="visually-hidden">自由記載が</span>{}</strong>'
        return format_html(flag, status, Review.DUE.label)

    @admin.display(description="最終接触日", ordering="last_contact_on")
    def last_contact(self, consultation: Consultation) -> str:
        return date_format(consultation.last_contact_on, _DAY)

    @admin.display(description="次の対応日", empty_value="-")
    def next_action(self, row: Any) -> str | None:  # Any: a consultation, with what get_queryset adds
        if row.next_action_on is None:
            return None
        day = date_format(row.next_action_on, _DAY)
        return format_html('{} <strong class="flag">期限切れ</strong>', day) if row.overdue else day

    @admin.display(description="担当者", empty_value="-")
    def assigned_to(self, consultation: Consultation) -> str | None:
        return triage.name_of(consultation.assignee) if consultation.assignee else None

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*self.list_display, _mail_column(clock.at(request)))

    def get_urls(self) -> list[URLPattern]:
        search = self.admin_site.admin_view(partial(by_email.page, site=self.admin_site))
        take_away = self.admin_site.admin_view(partial(export.page, site=self.admin_site))
        return [
            path("by-email/", search, name="intake_consultation_by_email"),
            path("export/", take_away, name="intake_consultation_export"),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _ChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        overdue = selection.next_action(NextAction.OVERDUE, today=clock.today(request))
        # The list needs no blob; the page of one record fetches it when the envelope is opened.
        return (
            super()
            .get_queryset(request)
            .defer("sealed", "technical")
            .annotate(overdue=ExpressionWrapper(overdue, output_field=BooleanField()))
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not request.GET.keys() <= _PARAMETERS:  # Django's own sign of a value that is none is among them
            messages.warning(
                request, "アドレスに正しくない指定があったため、絞り込まずにすべての相談を表示しています。"
            )
            return redirect(request.path)
        return super().changelist_view(request, {"title": "無料相談", **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """By a whole reference, as it was read out (a misheard digit is told), or by a part of the company's name."""
        normal = company.normal(search_term)
        if not normal:
            return queryset, False
        if number := reference.parse(search_term):
            return queryset.filter(reference=number), False
        if refusal := _refusal(search_term, normal):
            messages.warning(request, refusal)
            return queryset.none(), False
        return search.by_company(queryset, search_term), False


def _mail_column(at: datetime) -> Callable[[Consultation], str]:
    """What became of the acknowledgement by that moment."""

    @admin.display(description="受付メール")
    def state_of_mail(consultation: Consultation) -> str:
        state = mail_state.of(consultation, at=at)
        if state is MailState.SENT:
            return state.word
        return format_html('<strong class="flag">{}</strong>', state.word)

    return state_of_mail


def _refusal(term: str, normal: str) -> str:
    """Why this is not searched for; empty when it is."""
    if "@" in normal:
        return format_html(
            "メールアドレスは、ここでは検索できません（ページのアドレスに残るため）。"
            '<a href="{}">メールアドレスで探す</a>をお使いください。',
            reverse("admin:intake_consultation_by_email"),
        )
    if reference.is_meant(term):
        return "受付番号（C-と10桁の数字）として正しくありません。聞き間違いや打ち間違いがないか、お確かめください。"
    if len(term) > _LONGEST_TERM:
        return f"会社名は{_LONGEST_TERM}文字までで探してください。"
    return ""
