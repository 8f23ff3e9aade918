"""2-1: the page that writes consultations into a CSV file: without personal data for all who see the list, with it
for those alone who may take it away."""

from datetime import datetime

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.forms.lists import PERSONAL, ExportForm
from intake.models import Consultation
from intake.services import export
from safeguards.services import rates

PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, *, site: AdminSite) -> HttpResponseBase:
    """The form; once it is posted and valid, the file."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("intake.view_consultation"):
        raise PermissionDenied
    may_have_personal = user.has_perm("intake.export_personal")
    if request.POST.get("contents") == PERSONAL and not may_have_personal:
        raise PermissionDenied
    at = timezone.now()
    form = ExportForm(request.POST if request.method == "POST" else None, may_have_personal=may_have_personal)
    context = {
        **site.each_context(request),
        "title": "CSVに書き出す",
        "form": form,
        # A file leaves this page standing, so what it says of an attempt must stay true after the next one.
        "tried_at": at,
        "opts": Consultation._meta,
    }
    status = 200
    if form.is_valid():
        hit = rates.hit("export", str(user.pk), limit=PER_HOUR, at=at)
        if hit.allowed:
            try:
                return _file(form, by=user, at=at)
            except export.NothingSelected:
                form.add_error(None, "当てはまる相談がありません。受付日と状態を確かめてください。")
        else:
            context |= {"resets_at": hit.resets_at, "limit": PER_HOUR}
            status = 429
    return TemplateResponse(request, "admin/intake/consultation/export.html", context, status=status)


def _file(form: ExportForm, *, by: User, at: datetime) -> StreamingHttpResponse:
    take = export.personal if form.wants_personal else export.plain
    table = take(form.scope, by=by, at=at)
    day = timezone.localdate(at)
    name = f"consultations-personal-{day}.csv" if form.wants_personal else f"consultations-{day}.csv"
    return StreamingHttpResponse(
        table.text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
