"""2-1: one consultation for staff: its page, what is done there, and who may."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from intake.admin import desk, erasure, page, papers, texts
from intake.admin.consultations import ConsultationList
from intake.admin.statistics import StatisticsPage
from intake.admin.visit import Visit, gone
from intake.models import Consultation, Contact

_REVIEW = ("open_envelope", "review_texts")
# The address below the consultation's, what answers it, and the rights that it needs beside that of seeing.
_ACTIONS: tuple[tuple[str, str, Callable[..., HttpResponse], tuple[str, ...]], ...] = (
    ("state", "state/", desk.set_state, ("triage",)),
    ("contact", "contacts/", desk.record_contact, ("triage",)),
    ("void", "contacts/<uuid:contact_id>/void/", desk.void_contact, ("triage",)),
    ("bounced", "bounced/", desk.mark_bounced, ("triage",)),
    ("address", "address/", desk.check_address, ("triage", "open_envelope")),
    ("address_correct", "address/correct/", desk.correct_address, ("triage", "open_envelope")),
    ("sheet", "sheet/", papers.sheet, ("open_envelope",)),
    ("review", "review/", desk.ask_review, ("triage",)),
    ("texts", "texts/", texts.show_texts, _REVIEW),
    ("texts_redact", "texts/redact/", texts.redact, _REVIEW),
    ("texts_mask", "texts/mask/<slug:box>/", texts.mask, _REVIEW),
    ("texts_release", "texts/release/", texts.release, _REVIEW),
    ("technical", "technical/", papers.show_technical, ("open_technical",)),
    ("erasure", "erasure/", erasure.erase, ("erase_consultation",)),
)


@admin.register(Consultation)
class ConsultationAdmin(StatisticsPage, ConsultationList):
    """The list, and beside it the statistics and the page of one."""

    def get_urls(self) -> list[URLPattern]:
        actions = [
            path(
                f"<uuid:record_id>/{address}",
                self.admin_site.admin_view(self._guarded(view, *rights)),
                name=f"intake_consultation_{name}",
            )
            for name, address, view, rights in _ACTIONS
        ]
        return [*actions, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one, in place of the stock form; nothing is sent to it."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        try:
            record_id = UUID(object_id)
        except ValueError:
            raise Http404 from None
        return self._guarded(page.show)(request, record_id=record_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own log knows nothing of consultations: the audit does."""
        raise Http404

    def _guarded(self, view: Callable[..., HttpResponse], *rights: str) -> Callable[..., HttpResponse]:
        """The view for those who may see consultations and have these rights; 403 for everybody else."""
        needed = [f"intake.{right}" for right in ("view_consultation", *rights)]

        @sensitive_post_parameters()
        def guarded(request: HttpRequest, record_id: UUID, **rest: UUID) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or not user.has_perms(needed):
                raise PermissionDenied
            visit = Visit(request, self.admin_site, user, record_id, timezone.now())
            try:
                return view(visit, **rest)
            except (Consultation.DoesNotExist, Contact.DoesNotExist):
                return gone(visit)

        return guarded
