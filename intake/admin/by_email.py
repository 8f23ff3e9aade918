"""2-1: finding consultations by an exact e-mail address, which never stands in a page's address."""

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.forms.lists import SearchForm
from intake.models import Consultation
from intake.services import search
from safeguards.services import rates

# Far more than anybody on the telephone needs; who tries out addresses one by one does not get far.
PER_HOUR = 100
SHOWN = 100


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """The form and, once it is posted, what was found: links alone, since no envelope is opened."""
    user = request.user
    if not isinstance(user, User) or not user.has_perms(("intake.view_consultation", "intake.triage")):
        raise PermissionDenied
    form = SearchForm(request.POST if request.method == "POST" else None, label_suffix="")
    context = {
        **site.each_context(request),
        "title": "メールアドレスで探す",
        "form": form,
        "opts": Consultation._meta,
    }
    status = 200
    if form.is_valid():
        at = timezone.now()
        hit = rates.hit("email search", str(user.pk), limit=PER_HOUR, at=at)
        if hit.allowed:
            ids = search.by_email(form.cleaned_data["email"], by=user, at=at)
            rows = Consultation.objects.defer("sealed", "technical").filter(id__in=ids[:SHOWN])
            context |= {"searched": True, "count": len(ids), "found": rows}
        else:
            context |= {"resets_at": hit.resets_at, "limit": PER_HOUR}
            status = 429
    return TemplateResponse(request, "admin/intake/consultation/by_email.html", context, status=status)
