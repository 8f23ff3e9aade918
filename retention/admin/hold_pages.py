"""第9条 (法令対応等): the page of one legal hold, and what is done there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from intake.models import Consultation
from intake.services import reading, triage
from retention.forms.holds import PlaceForm, ReviewForm
from retention.services import holds
from retention.services.holds import HoldBasis, LegalHold


@dataclass(frozen=True)
class Visit:
    """Who asks, and when; the guard in `holds` has looked at the rights to do so."""

    request: HttpRequest
    site: AdminSite
    user: User
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def render(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page inside the admin's frame."""
        self.request.current_app = self.site.name
        common = {**self.site.each_context(self.request), "opts": LegalHold._meta}
        page = f"admin/retention/legalhold/{template}.html"
        return render(self.request, page, {**common, **context}, status=status)

    def to_page(self, hold_id: UUID) -> HttpResponse:
        """Lead to the hold's page, so that a reload sends nothing again."""
        return redirect("admin:retention_legalhold_change", hold_id)


def show(visit: Visit, hold_id: UUID, tried: ReviewForm | None = None) -> HttpResponse:
    """The page; with `tried`, a form that was not saved. Each page that shows the reason is one audit entry."""
    legal = LegalHold.objects.select_related("hold", "placed_by", "released_by").get(hold_id=hold_id)
    hold = legal.hold
    is_open = hold.released_at is None
    context = {
        "title": "消去の保留",
        "legal": legal,
        "hold": hold,
        "reference": _reference(hold.record_id),
        "placed_by": triage.name_of(legal.placed_by),
        "released_by": triage.name_of(legal.released_by) if legal.released_by else "",
        "is_past": is_open and legal.review_on < visit.today,
        "form": tried,
        **_reason(visit, legal),
    }
    if is_open and visit.user.has_perm("retention.place_legalhold"):
        context["prolong_form"] = tried or ReviewForm(None, as_of=visit.today)
    return visit.render("page", context)


def place(visit: Visit, record_id: UUID) -> HttpResponse:
    """The form for one consultation, and the hold itself."""
    consultation = Consultation.objects.only("reference").get(id=record_id)
    form = PlaceForm(visit.request.POST if visit.request.method == "POST" else None, as_of=visit.today)
    if form.is_valid():
        basis, reason, review_on = (form.cleaned_data[name] for name in ("basis", "reason", "review_on"))
        try:
            legal = holds.place(
                record_id,
                basis=HoldBasis(basis),
                reason=reason,
                review_on=review_on,
                by=visit.user,
                at=visit.at,
            )
        except holds.AlreadyHeld:
            form.add_error("basis", "この根拠による保留は、すでにあります。")
        except holds.NoSuchRecord:
            return gone(visit)
        else:
            messages.success(visit.request, "消去を保留しました。")
            return visit.to_page(legal.hold_id)
    context = {"title": "消去を保留する", "consultation": consultation, "form": form}
    return visit.render("place", context)


def prolong(visit: Visit, hold_id: UUID) -> HttpResponse:
    """Another day for the review."""
    if visit.request.method != "POST":
        return visit.to_page(hold_id)
    form = ReviewForm(visit.request.POST, as_of=visit.today)
    if form.is_valid():
        try:
            holds.prolong(hold_id, review_on=form.cleaned_data["review_on"], by=visit.user, at=visit.at)
        except holds.SameReview:
            form.add_error("review_on", "いまの見直す日と同じです。")
        except holds.AlreadyReleased:
            return _was_released(visit, hold_id)
        else:
            messages.success(visit.request, "見直す日を変更しました。")
            return visit.to_page(hold_id)
    return show(visit, hold_id, form)


def release(visit: Visit, hold_id: UUID) -> HttpResponse:
    """The end of the hold."""
    if visit.request.method == "POST":
        try:
            holds.release(hold_id, by=visit.user, at=visit.at)
        except holds.AlreadyReleased:
            return _was_released(visit, hold_id)
        messages.success(visit.request, "消去の保留を解除しました。")
    return visit.to_page(hold_id)


def gone(visit: Visit) -> HttpResponse:
    """There is no such hold, or no such consultation any more. The reason that was typed is shown, so that it is not
    lost."""
    typed = visit.request.POST.get("reason", "")
    return visit.render("gone", {"title": "見つかりません", "typed": typed}, status=404)


def _was_released(visit: Visit, hold_id: UUID) -> HttpResponse:
    messages.warning(visit.request, "この保留は、すでに解除されています。何も変更していません。")
    return visit.to_page(hold_id)


def _reason(visit: Visit, legal: LegalHold) -> dict[str, Any]:
    """The reason, or why it cannot be read."""
    try:
        return {"reason": holds.reason_of(legal, by=visit.user, at=visit.at)}
    except holds.KeyDestroyed:
        return {"is_gone": True}
    except (holds.SealError, holds.UnknownKey) as error:
        reading.log_fault(error)
        return {"is_broken": True}


def _reference(record_id: UUID) -> str:
    """The consultation's reference; "" once it is erased."""
    found = Consultation.objects.filter(id=record_id).values_list("reference", flat=True).first()
    return found or ""
