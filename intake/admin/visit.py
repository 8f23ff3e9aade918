"""2-1: one request of a member of staff to one consultation, and the pages that answer it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from intake.models import Consultation


@dataclass(frozen=True)
class Visit:
    """Who asks for which consultation, when; the guard in `consultation` has looked at the rights to do so."""

    request: HttpRequest
    site: AdminSite
    user: User
    record_id: UUID
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def may(self, right: str) -> bool:
        return self.user.has_perm(f"intake.{right}")

    def consultation(self) -> Consultation:
        """As it is at this moment; Consultation.DoesNotExist when it was erased."""
        return Consultation.objects.select_related("assignee").get(id=self.record_id)

    def to_page(self) -> HttpResponse:
        """Lead to the consultation's page, so that a reload sends nothing again."""
        return redirect("admin:intake_consultation_change", self.record_id)

    def render(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page inside the admin's frame."""
        self.request.current_app = self.site.name
        common = {
            **self.site.each_context(self.request),
            "opts": Consultation._meta,
            "record_id": self.record_id,
        }
        page = f"admin/intake/desk/{template}.html"
        return render(self.request, page, {**common, **context}, status=status)


def gone(visit: Visit) -> HttpResponse:
    """The consultation is not there, or not any more. What was typed for it is shown, so that it is not lost."""
    typed = visit.request.POST.get("note", "")
    return visit.render("gone", {"title": "この相談は見つかりません", "typed": typed}, status=404)
