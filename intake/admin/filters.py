"""2-1: the filters beside the list of consultations. What each selects is said in `services.selection`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from intake.choices import MailProblem, NextAction, Status
from intake.services import selection, triage
from intake.services.selection import Period

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as Choice

    BaseModelAdmin = admin.ModelAdmin[Model]
else:
    BaseModelAdmin = admin.ModelAdmin

EVERYTHING = "すべて"
OPEN, ME, NOBODY = "open", "me", "none"
_ACCOUNT = re.compile(r"[1-9][0-9]{0,8}")  # fits into the column
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


class _OneOf(admin.SimpleListFilter):
    """One value of a list. IncorrectLookupParameters for any other: the list is shown without filters then."""

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        return (cls.parameter_name,) if cls.parameter_name else ()

    def choices(self, changelist: ChangeList) -> Iterator["Choice"]:
        everything, *choices = super().choices(changelist)
        yield {**everything, "display": EVERYTHING}
        yield from choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        value = self.value()
        if value is None:
            return queryset
        if not self.is_known(value):
            raise IncorrectLookupParameters
        return queryset.filter(self.selected(request, value))

    def is_known(self, value: str) -> bool:
        return value in {known for known, _ in self.lookup_choices}

    def selected(self, request: HttpRequest, value: str) -> Q:
        """What a known value selects."""
        raise NotImplementedError


class StatusFilter(_OneOf):
    """未完了, or one status."""

    title, parameter_name = "状態", "status"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(OPEN, "未完了"), *((status.value, str(status.label)) for status in Status)]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.OPEN if value == OPEN else Q(status=value)


class AssigneeFilter(_OneOf):
    """Whoever looks, nobody, or one account; also one that may not be assigned any more."""

    title, parameter_name = "担当者", "assignee"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        others = [account for account in triage.assignable() if account != request.user]
        return [
            (ME, "自分"),
            (NOBODY, "なし"),
            *((str(account.pk), triage.name_of(account)) for account in others),
        ]

    def is_known(self, value: str) -> bool:
        return super().is_known(value) or bool(_ACCOUNT.fullmatch(value))

    def selected(self, request: HttpRequest, value: str) -> Q:
        if value == NOBODY:
            return Q(assignee=None)
        return Q(assignee=request.user.pk if value == ME else int(value))


class MailFilter(_OneOf):
    """What is amiss with the acknowledgement."""

    title, parameter_name = "受付メール", "mail"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(problem.value, str(problem.label)) for problem in MailProblem]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.mail(MailProblem(value), at=timezone.now())


class NextActionFilter(_OneOf):
    """When the next action is due."""

    title, parameter_name = "次の対応日", "next_action"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(when.value, str(when.label)) for when in NextAction]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.next_action(NextAction(value), today=timezone.localdate())


class _PeriodFilter(admin.ListFilter):
    """From a day to a day, both included: some periods as links, and any other typed in."""

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
        self.period = Period(first, last)
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
        for display, period in ((EVERYTHING, Period()), *self.periods(timezone.localdate())):
            days = zip(self.parameters(), (period.first, period.last), strict=True)
            query = {name: day.isoformat() for name, day in days if day}
            yield {
                "selected": self.period == period,
                "query_string": changelist.get_query_string(query, remove=self.parameters()),
                "display": display,
            }

    def periods(self, today: date) -> list[tuple[str, Period]]:
        """The periods that are offered as links."""
        raise NotImplementedError

    def selected(self, period: Period) -> Q:
        """What a period selects."""
        raise NotImplementedError


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


ALL = (StatusFilter, AssigneeFilter, NextActionFilter, MailFilter, ReceivedFilter, LastContactFilter)
PARAMETERS = frozenset(parameter for each in ALL for parameter in each.parameters())
