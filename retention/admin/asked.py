"""第9条: one request of a member of staff to a page of retention, and how its forms are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from intake.services import triage
from retention.forms.fields import RegisterForm
from retention.models import EntrustedData, Place
from retention.services import versions
from retention.services.versions import Outdated

Refusals = dict[
    type[Exception], tuple[str, str]
]  # what a service refuses: the field it is about, and the words


@dataclass(frozen=True)
class Asked:
    """Who asks, when; the rights to do so were looked at by `by`."""

    request: HttpRequest
    site: AdminSite
    user: User
    at: datetime

    @classmethod
    def by(cls, request: HttpRequest, site: AdminSite, *rights: str) -> "Asked":
        """403 for whoever lacks one of these rights."""
        if not isinstance(request.user, User) or not request.user.has_perms(rights):
            raise PermissionDenied
        return cls(request, site, request.user, timezone.now())

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def is_post(self) -> bool:
        return self.request.method == "POST"

    def render(
        self, template: str, model: type[Model], context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        """A page inside the admin's frame."""
        self.request.current_app = self.site.name
        common = {**self.site.each_context(self.request), "opts": model._meta}
        page = f"admin/retention/{model._meta.model_name}/{template}.html"
        return render(self.request, page, {**common, **context}, status=status)

    def saves(self, form: RegisterForm, write: Callable[[], str], refusals: Refusals) -> bool:
        """Write what is in order, and say what `write` says; else the form says why not, or `standing` does."""
        if not form.is_valid():
            return False
        try:
            done = write()
        except Outdated:
            return False
        except tuple(refusals) as refusal:
            form.refuse(*refusals[type(refusal)])
            return False
        messages.success(self.request, done)
        return True

    def standing(self, row: Place | EntrustedData, tried: RegisterForm | None) -> dict[str, Any]:
        """For a page of one row: what is wrong with what was `tried`, and what colleagues have changed meanwhile."""
        seen = tried.seen if tried else row.version
        changes = [self._told(each) for each in versions.since(row, seen=seen)] if seen else []
        return {
            "tried": tried,
            "problems": tried.problems if tried else [],
            "is_outdated": seen != row.version,
            "changes": changes,
            "own_change": any(each["is_own"] for each in changes),
        }

    def _told(self, change: versions.Change) -> dict[str, Any]:
        by = triage.name_of(change.by) if change.by else "システム"
        said = [(change.event.label, "")]
        return {"at": change.at, "by": by, "is_own": change.by == self.user, "said": said}
