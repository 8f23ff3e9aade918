"""2-1: the filters beside the list of consultations. What each selects is said in `services.selection`; those of
periods are in `periods`."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import formats

from intake.admin import clock
from intake.admin.periods import EVERYTHING, LastContactFilter, ReceivedFilter
from intake.choices import STATUS_OR_UNFINISHED, MailProblem, NextAction, ReviewDue
from intake.services import selection, triage
from policy import services as policy

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as Choice

    BaseModelAdmin = admin.ModelAdmin[Model]
else:
    BaseModelAdmin = admin.ModelAdmin

ME, NOBODY = "me", "none"
_ACCOUNT = re.compile(r"[1-9][0-9]{0,8}")  # fits into the column


class _OneOf(admin.SimpleListFilter, ABC):
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

    @abstractmethod
    def selected(self, request: HttpRequest, value: str) -> Q:
        """What a known value selects."""


class StatusFilter(_OneOf):
    """未完了, or one status."""

    title, parameter_name = "状態", "status"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(word, str(label)) for word, label in STATUS_OR_UNFINISHED]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.status(value)


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
        return selection.by_mail(MailProblem(value), at=clock.at(request))


class ReviewFilter(_OneOf):
    """Free texts that nobody has looked at."""

    title, parameter_name = "自由記載", "review"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(which.value, str(which.label)) for which in ReviewDue]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.review(ReviewDue(value), at=clock.at(request))


class EditionFilter(_OneOf):
    """The edition that the person agreed to; in the list's margin only where there are several."""

    title, parameter_name = "同意したポリシーの版", "edition"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        try:
            days = [edition.effective_on for edition in policy.editions()]
        except policy.EditionsUnreadable:
            days = []  # the start-up checks say why
        return [(day.isoformat(), f"{formats.date_format(day)}の版") for day in days]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def selected(self, request: HttpRequest, value: str) -> Q:
        return Q(policy_edition=date.fromisoformat(value))


class NextActionFilter(_OneOf):
    """When the next action is due."""

    title, parameter_name = "次の対応日", "next_action"

    def lookups(self, request: HttpRequest, model_admin: BaseModelAdmin) -> list[tuple[str, str]]:
        return [(when.value, str(when.label)) for when in NextAction]

    def selected(self, request: HttpRequest, value: str) -> Q:
        return selection.next_action(NextAction(value), today=clock.today(request))


ALL = (
    StatusFilter,
    AssigneeFilter,
    NextActionFilter,
    MailFilter,
    ReviewFilter,
    ReceivedFilter,
    LastContactFilter,
    EditionFilter,
)
PARAMETERS = frozenset(parameter for each in ALL for parameter in each.parameters())
