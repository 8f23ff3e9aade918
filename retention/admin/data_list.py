"""第9条 (second point): the list of customers' data, by the day they are due; late ones are told in words and red."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from retention.models import EntrustedData
from retention.services import due_data
from retention.services.due_data import Standing
from safeguards.admin import ReadOnlyAdmin

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as Choice

_DAY = "Y/m/d"


class StandingFilter(admin.SimpleListFilter):
    """Where the data stand."""

    title, parameter_name = "状況", "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(each.value, str(each.label)) for each in Standing]

    def choices(self, changelist: ChangeList) -> Iterator["Choice"]:
        everything, *choices = super().choices(changelist)
        yield {**everything, "display": "すべて"}
        yield from choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        value = self.value()
        if value is None:
            return queryset
        if value not in Standing.values:
            raise IncorrectLookupParameters
        return queryset.filter(due_data.having(Standing(value), as_of=timezone.localdate()))


class DataList(ReadOnlyAdmin):
    """The first due first; then contracts that go on, and then what is settled, the latest first."""

    list_display = ("customer", "standing", "due", "ended", "kept_in", "backup")
    list_filter = (StandingFilter,)
    list_per_page = 50
    sortable_by = ()
    search_fields = ("customer",)
    search_help_text = "顧客名の一部で探せます。"

    def get_ordering(self, request: HttpRequest) -> Any:  # Any: names and expressions, as Django has them
        return (F("settled_on").desc(nulls_first=True), F("ended_on").asc(nulls_last=True), "customer", "id")

    @admin.display(description="契約の終了日", empty_value="-")
    def ended(self, data: EntrustedData) -> str | None:
        return date_format(data.ended_on, _DAY) if data.ended_on else None

    @admin.display(description="返却・削除の期限", empty_value="-")
    def due(self, data: EntrustedData) -> str | None:
        due_by = due_data.due_by(data, as_of=timezone.localdate())
        return date_format(due_by, _DAY) if due_by else None

    @admin.display(description="状況")
    def standing(self, data: EntrustedData) -> str:
        standing = due_data.standing(data, as_of=timezone.localdate())
        if standing is Standing.SETTLED and data.settled_on:
            return (
                f"{standing.label}（{data.get_settlement_display()}、{date_format(data.settled_on, _DAY)}）"
            )
        if standing is Standing.OVERDUE:
            return format_html('<strong class="flag">{}</strong>', standing.label)
        return str(standing.label)

    @admin.display(description="バックアップに残る期限", empty_value="-")
    def backup(self, data: EntrustedData) -> str | None:
        return date_format(data.backup_until, _DAY) if data.backup_until else None
