"""第9条: the checklist 「ほかの場所の確認」: records whose period ends soon, and a box for each place outside."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from intake.models import Consultation
from intake.services import triage
from retention.admin.asked import Asked
from retention.forms.places import TICK, WAS, boxes, value
from retention.models import Place, PlaceCheck
from retention.services import checking, listed, places
from retention.services.checking import Tick
from retention.services.listed import EditionsUnreadable, Listed, NoEdition
from safeguards.admin import CappedPaginator

PER_PAGE = 20  # with twenty places and what they were before, as many fields as Django takes


@dataclass(frozen=True)
class Box:
    """One box to tick; `said` tells who ticked it, and when."""

    value: str
    place: Place
    is_ticked: bool
    said: str


def page(asked: Asked) -> HttpResponse:
    """The records of one page with their boxes; once they are sent, what differs from what was shown is written."""
    if asked.is_post:
        return _save(asked)
    everything = "all" in asked.request.GET
    in_use = places.in_use()
    context = {
        "title": "ほかの場所の確認",
        "places": in_use,
        "everything": everything,
        "within_days": checking.WITHIN_DAYS,
        "exported_on": listed.last_personal_export(),
        "may_keep": asked.user.has_perm("retention.keep_places"),
    }
    try:
        found = checking.to_check(as_of=asked.today)
        paginator = CappedPaginator(found if everything else checking.unchecked(found), PER_PAGE)
        shown = paginator.get_page(asked.request.GET.get("page"))
        context |= {"page": shown, "capped": paginator.capped}
        records = [each for each in shown if isinstance(each, Consultation)]
        context |= {"rows": _with_boxes(listed.told(records, as_of=asked.today), in_use)}
    except (NoEdition, EditionsUnreadable):
        context |= {"is_unknown": True}  # the start-up checks say why
    return asked.render("checklist", Place, context)


def _save(asked: Asked) -> HttpResponse:
    """A box that a colleague ticked meanwhile is no difference: this page did not show it ticked."""
    ticked, were = boxes(asked.request.POST, TICK), boxes(asked.request.POST, WAS)
    number = checking.note(done=ticked - were, undone=were - ticked, by=asked.user, at=asked.at)
    said = f"{number}件の相談について、確認を記録しました。" if number else "変更はありませんでした。"
    messages.success(asked.request, said)
    return redirect(asked.request.get_full_path())


def _with_boxes(rows: list[Listed], in_use: list[Place]) -> list[tuple[Listed, list[Box]]]:
    stand = checking.ticked([row.consultation.id for row in rows])
    return [
        (row, [_box(Tick(row.consultation.id, place.id), place, stand) for place in in_use]) for row in rows
    ]


def _box(tick: Tick, place: Place, stand: dict[Tick, PlaceCheck]) -> Box:
    check = stand.get(tick)
    said = f"{triage.name_of(check.checked_by)}　{_day(check)}" if check else ""
    return Box(value(tick), place, check is not None, said)


def _day(check: PlaceCheck) -> str:
    day = timezone.localdate(check.checked_at)
    return f"{day.month}月{day.day}日"
