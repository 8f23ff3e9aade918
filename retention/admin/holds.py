"""第9条 (法令対応等): the list of legal holds, the addresses of their pages, and who may open them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.debug import sensitive_post_parameters

from intake.models import Consultation
from retention.admin import hold_pages
from retention.admin.hold_pages import Visit
from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import HoldState
from safeguards.admin import ReadOnlyAdmin

_DAY = "Y/m/d"
# The name, the address and what answers it, for those who may place and release.
_PAGES: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
    ("place", "place/<uuid:record_id>/", hold_pages.place),
    ("prolong", "<uuid:hold_id>/prolong/", hold_pages.prolong),
    ("release", "<uuid:hold_id>/release/", hold_pages.release),
)


class StateFilter(admin.SimpleListFilter):
    """Open, past the review day, or released."""

    title, parameter_name = "状態", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in HoldState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        value = self.value()
        if value not in HoldState.values:
            return queryset
        return queryset.filter(holds.selected(HoldState(value), as_of=timezone.localdate()))


@admin.register(LegalHold)
class LegalHoldAdmin(ReadOnlyAdmin):
    """The holds by the day of their review; the list opens no reason."""

    list_display = ("about", "state", "review", "basis", "placed")
    list_filter = (StateFilter,)
    list_select_related = ("hold",)
    sortable_by = ()

    # Any: a hold with what `get_queryset` adds.
    @admin.display(description="相談")
    def about(self, legal: Any) -> str:
        return legal.reference or "消去済みの相談"

    @admin.display(description="根拠")
    def basis(self, legal: Any) -> str:
        return str(legal.hold.get_basis_display())

    @admin.display(description="保留した日")
    def placed(self, legal: Any) -> str:
        return date_format(timezone.localtime(legal.hold.placed_at), _DAY)

    @admin.display(description="見直す日")
    def review(self, legal: Any) -> str:
        return date_format(legal.review_on, _DAY)

    @admin.display(description="状態")
    def state(self, legal: Any) -> str:
        if legal.hold.released_at:
            return f"{date_format(timezone.localtime(legal.hold.released_at), _DAY)}に解除"
        if legal.review_on < timezone.localdate():
            return format_html('<strong class="flag">{}</strong>', "見直し日を過ぎています")
        return str(HoldState.OPEN.label)

    def get_queryset(self, request: HttpRequest) -> Any:
        about = Consultation.objects.filter(id=OuterRef("hold__record_id")).values("reference")
        return super().get_queryset(request).defer("reason").annotate(reference=Subquery(about))

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                address,
                self.admin_site.admin_view(self._guarded(view, "view_legalhold", "place_legalhold")),
                name=f"retention_legalhold_{name}",
            )
            for name, address, view in _PAGES
        ]
        return [*pages, *super().get_urls()]

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
            hold_id = UUID(object_id)
        except ValueError:
            raise Http404 from None
        return self._guarded(hold_pages.show, "view_legalhold")(request, hold_id=hold_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own log knows nothing of holds: the audit does."""
        raise Http404

    def _guarded(self, view: Callable[..., HttpResponse], *rights: str) -> Callable[..., HttpResponse]:
        """The view for those who have these rights; 403 for everybody else."""

        @sensitive_post_parameters()
        def guarded(request: HttpRequest, **ids: UUID) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or not user.has_perms([f"retention.{right}" for right in rights]):
                raise PermissionDenied
            try:
                return view(Visit(request, self.admin_site, user, timezone.now()), **ids)
            except (LegalHold.DoesNotExist, Consultation.DoesNotExist):
                return hold_pages.gone(Visit(request, self.admin_site, user, timezone.now()))

        return guarded
