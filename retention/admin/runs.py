"""第9条: the runs of the purge as a list, and the certificate of one, to read and to print."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from policy import services as policy
from retention.choices import Counted, Outcome
from retention.models import PurgeCount, PurgeRun
from retention.services import certificate, chores
from retention.services.residue import Residue
from safeguards.admin import ReadOnlyAdmin
from safeguards.models import AuditEntry, Erasure, Hold
from safeguards.services.erasures import vault_is_apart
from safeguards.services.holds import HoldBasis

_PLACES = {
    AuditEntry._meta.db_table: "監査記録",
    Erasure._meta.db_table: "消去台帳",
    Hold._meta.db_table: "消去の保留の記録",
}


def _place(found: Residue) -> str:
    """In words where it has some, and always with the table's own name."""
    column = f"{found.table}.{found.column}"
    return f"{_PLACES[found.table]}（{column}）" if found.table in _PLACES else column


@admin.register(PurgeRun)
class PurgeRunAdmin(ReadOnlyAdmin):
    """The latest first; a run's page is its certificate."""

    list_display = ("started_at", "said", "due", "number", "remaining")
    list_filter = ("outcome",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        erased = PurgeCount.objects.filter(run=OuterRef("pk"), what=Counted.CONSULTATION)
        found: QuerySet[Model] = super().get_queryset(request)
        counted: QuerySet[Model] = found.annotate(erased=Subquery(erased.values("number")))
        return counted

    @admin.display(description="結果")
    def said(self, run: PurgeRun) -> str:
        return run.get_outcome_display()

    @admin.display(description="消去した無料相談")
    def number(self, run: Any) -> str:  # Any: a run with what `get_queryset` adds
        return f"{run.erased or 0:,}"

    # Any: as django-stubs has the stock method that this takes the place of.
    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The certificate."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            run = get_object_or_404(PurgeRun, id=UUID(object_id))
        except ValueError:
            raise Http404 from None
        said = certificate.of(run)
        facts = policy.in_force(said.as_of).facts
        erases = said.outcome is not Outcome.CEILING
        context = {
            **self.admin_site.each_context(request),
            "title": "消去証明書" if erases else "消去の実行（消去なし）",
            "erases": erases,
            "leftovers": [(_place(each), each.rows) for each in said.leftovers],
            "ids_only": [(_place(each), each.rows) for each in said.ids_only],
            "technical_days": facts.retention.technical.days,
            "opts": self.opts,
            "said": said,
            "controller": facts.controller.name,
            "erased": [(what.label, number) for what, number in said.erased.items()],
            "held": [(HoldBasis(basis).label, number) for basis, number in sorted(said.held.items())],
            "chores": [(chore.what.label, chore.kept) for chore in chores.CHORES],
            "vault_is_apart": vault_is_apart(),
        }
        return render(request, "admin/retention/run/certificate.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own log knows nothing of runs: the audit does."""
        raise Http404
