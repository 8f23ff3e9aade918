"""2-1: the list's filters by a period: from a day to a day, both included."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from intake.admin import clock
from intake.services import selection
from intake.services.selection import Period

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as Choice

    BaseModelAdmin = admin.ModelAdmin[Model]
else:
    BaseModelAdmin = admin.ModelAdmin

EVERYTHING = "すべて"
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


class _PeriodFilter(admin.ListFilter, ABC):
    """Some periods as links, and any other typed in."""

    template = "admin/intake/consultation/period_filter.html"
    name: ClassVar[str]  # the parameters are <name>_from and <name>_to

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: BaseModelAdmin,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        first, last = (_day(params.pop(name, [""])[-1]) for name in self.parameters())
        if first and last and last < first:
            first, last = last, first  # typed the wrong way round
        self.period, self.today = Period(first, last), clock.today(request)
        own = {*self.parameters(), PAGE_VAR}
        # What else the list is filtered by, for the form that asks for a period.
        self.others = [(name, value) for name, value in request.GET.items() if name not in own]

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        return f"{cls.name}_from", f"{cls.name}_to"

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.parameters())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(self.selected(self.period))

    def choices(self, changelist: ChangeList) -> Iterator["Choice"]:
        for display, period in ((EVERYTHING, Period()), *self.periods(self.today)):
            days = zip(self.parameters(), (period.first, period.last), strict=True)
            query = {name: day.isoformat() for name, day in days if day}
            yield {
                "selected": self.period == period,
                "query_string": changelist.get_query_string(query, remove=self.parameters()),
                "display": display,
            }

    @abstractmethod
    def periods(self, today: date) -> list[tuple[str, Period]]:
        """The periods that are offered as links."""

    @abstractmethod
    def selected(self, period: Period) -> Q:
        """What a period selects."""


class ReceivedFilter(_PeriodFilter):
    """When the consultation came in."""

    title, name = "受付日", "received"

    def periods(self, today: date) -> list[tuple[str, Period]]:
        month = today.replace(day=1)
        before = month - timedelta(days=1)
        return [
            ("今日", Period(today, today)),
            ("7日以内", Period(today - timedelta(days=6), today)),
            ("今月", Period(month, today)),
            ("先月", Period(before.replace(day=1), before)),
        ]

    def selected(self, period: Period) -> Q:
        return selection.received(period)


class LastContactFilter(_PeriodFilter):
    """When the last contact was (第9条)."""

    title, name = "最終接触日", "last_contact"

    def periods(self, today: date) -> list[tuple[str, Period]]:
        return [(f"{days}日以上前", Period(None, today - timedelta(days=days))) for days in (14, 30, 365)]

    def selected(self, period: Period) -> Q:
        return selection.last_contact(period)


def _day(text: str) -> date | None:
    """The day; None for a field that was left empty."""
    if text and not _DAY.fullmatch(text):
        raise IncorrectLookupParameters
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise IncorrectLookupParameters from None
