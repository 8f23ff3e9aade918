"""3-5: the page of statistics for all who may see consultations: bars, and the same as tables."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from intake.services import statistics
from intake.services.statistics import Statistics, Table
from safeguards.admin import ReadOnlyAdmin

_ROW = 48  # pixels: a label, and the bar under it
_LONGEST = 78  # percent of the width, so that the count fits behind the bar
_HIGHEST, _FOOT = 160, 28  # pixels: of a standing bar, and of the month's name under it
_NAMED_MONTHS = (1, 7)  # more would not fit at 320 px


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its count (None: hidden), where it begins, and how far it goes.

    Sizes across are in percent, those down in pixels: the drawing fits every screen, and its texts keep their size.
    """

    label: str
    count: int | None
    begins: float
    size: float
    top: float = 0
    name: str = ""


@dataclass(frozen=True)
class Chart:
    """One drawing, and the table of the same numbers."""

    title: str
    bars: list[Bar]
    height: int
    several: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether there is nothing that may be shown."""
        return all(bar.count is None for bar in self.bars)


class StatisticsPage(ReadOnlyAdmin):
    """Adds the page to the admin of consultations."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.statistics_view)
        return [path("statistics/", page, name="intake_consultation_statistics"), *super().get_urls()]

    @method_decorator(require_safe)
    def statistics_view(self, request: HttpRequest) -> HttpResponse:
        """The latest period, or the one so many before it that `back` says."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        periods = statistics.periods(timezone.localdate())
        numbers = {str(number): number for number in range(len(periods))}
        back = numbers.get(request.GET.get("back", ""), 0)
        found = statistics.of(periods[back])
        context = {
            **self.admin_site.each_context(request),
            "title": "無料相談の統計",
            "opts": self.opts,
            "periods": periods,
            "back": back,
            "found": found,
            "months": _standing(found),
            "answers": [_lying(table) for table in found.by_answer],
        }
        return render(request, "admin/intake/consultation/statistics.html", context)


def _lying(table: Table) -> Chart:
    """A bar for each answer, under its label."""
    longest = max(row.count or 0 for row in table.rows) or 1
    bars = [
        Bar(row.label, row.count, begins=number * _ROW, size=round(_LONGEST * (row.count or 0) / longest, 2))
        for number, row in enumerate(table.rows)
    ]
    return Chart(table.title, bars, height=_ROW * len(bars), several=table.several)


def _standing(found: Statistics) -> Chart:
    """A bar for each month."""
    highest = max((count or 0 for _, count in found.by_month), default=0) or 1
    width = 100 / (len(found.by_month) or 1)
    bars = []
    for number, (month, count) in enumerate(found.by_month):
        size = round(_HIGHEST * (count or 0) / highest, 1)
        name = f"{month.year}/{month.month}" if month.month in _NAMED_MONTHS else ""
        label = f"{month.year}年{month.month}月"
        bars.append(Bar(label, count, round(number * width, 2), size, top=_HIGHEST - size, name=name))
    return Chart("月ごとの受付件数", bars, height=_HIGHEST + _FOOT)
