"""第6条 (ログ管理): the audit as a list that nobody can change, in words and with links to what it is about."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from casetra.admin import wording
from intake.models import KIND, Consultation
from intake.services import technical
from safeguards.admin import ReadOnlyAdmin, holds_address
from safeguards.models import AuditEntry

_KINDS = {KIND: "無料相談", technical.KIND: "接続元の情報"}
_NOBODY = "none"
_ACCOUNT = re.compile(r"[1-9][0-9]{0,8}")  # fits into the column

NOTHING = "-"  # said by the columns themselves: on an entry's own page Django would write None

Column = Callable[[Any], str]  # Any: an entry with what `get_queryset` adds


class _Names:
    """The accounts' names, asked for once a page at most."""

    @cached_property
    def by_id(self) -> dict[int, str]:
        return dict(User.objects.values_list("pk", "username"))


class ActorFilter(admin.SimpleListFilter):
    """One account, or nobody: the public and what runs by itself."""

    title, parameter_name = "操作した人", "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        accounts = User.objects.order_by("username").values_list("pk", "username")
        return [(_NOBODY, "なし（お客さまと自動の処理）"), *((str(pk), name) for pk, name in accounts)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        value = self.value()
        if value == _NOBODY:
            return queryset.filter(actor=None)
        return queryset.filter(actor=int(value)) if value and _ACCOUNT.fullmatch(value) else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Entries newest first; accounts and references are fetched with them."""

    list_filter = ("event", ActorFilter, "at")
    list_select_related = ("actor",)
    sortable_by = ()
    search_fields = ("=label",)  # Django asks for one; `get_search_results` says what is searched
    search_help_text = "受付番号で探せます。相談のページの「監査記録」からは、その相談の記録だけが開きます。"

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return ("at", "event", "actor", *_columns(request))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[Any, ...]:
        at, event, _, *columns = self.get_list_display(request)
        return (at, event, _actor, *columns, "subject_id")

    def get_queryset(self, request: HttpRequest) -> Any:
        about = Consultation.objects.filter(id=OuterRef("subject_id")).values("reference")
        return super().get_queryset(request).annotate(reference=Subquery(about))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """By what it is about: the whole reference, or the id; an address is refused."""
        found, _ = super().get_search_results(request, queryset, search_term)  # refuses
        term = search_term.strip()
        if not term or holds_address(term):
            return found, False
        if record_id := _uuid(term):
            return queryset.filter(subject_id=record_id), False
        about = Consultation.objects.filter(reference=term.upper()).values("id")
        return queryset.filter(subject_id__in=about), False


@admin.display(description="操作した人")
def _actor(entry: Any) -> str:
    """The name alone: Django would link it to the page of accounts, which is of superusers."""
    return str(entry.actor.get_username()) if entry.actor else NOTHING


def _uuid(term: str) -> UUID | None:
    try:
        return UUID(term)
    except ValueError:
        return None


def _columns(request: HttpRequest) -> tuple[Column, Column]:
    """What the entry is about, linked for those who may look at it; and what its label says, in words."""
    names = _Names()
    may_follow = isinstance(request.user, User) and request.user.has_perm("intake.view_consultation")

    @admin.display(description="対象")
    def subject(entry: Any) -> str:
        kind = _KINDS.get(entry.subject_kind)
        if kind is None or entry.subject_id is None:
            return str(kind or entry.subject_kind or NOTHING)
        if entry.reference is None:
            return f"{kind}（消去済み）"
        if not may_follow:
            return f"{kind} {entry.reference}"
        page = reverse("admin:intake_consultation_change", args=[entry.subject_id])
        return format_html('{} <a href="{}">{}</a>', kind, page, entry.reference)

    @admin.display(description="補足")
    def details(entry: Any) -> str:
        return wording.of(entry.event, entry.label, names=lambda: names.by_id) or NOTHING

    return subject, details
