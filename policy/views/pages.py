"""The edition in force, one by date, the history, and the procedure for requests.

Each view reads the clock once and passes the Asia/Tokyo date down.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from policy import services
from policy.forms import ComparisonForm
from policy.views import prose


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """第10条: what holds today, and what is announced."""
    today = timezone.localdate()
    return _edition_page(request, services.in_force(today), today)


@require_safe
def edition(request: HttpRequest, on: date) -> HttpResponse:
    """The edition that came into force on `on`; a day between leads to the one then in force."""
    today = timezone.localdate()
    try:
        return _edition_page(request, services.edition(on), today)
    except services.NoEdition:
        pass
    if on > today:
        raise Http404
    try:
        return redirect("policy:edition", on=services.in_force(on).effective_on)
    except services.NoEdition as error:
        raise Http404 from error


def _edition_page(request: HttpRequest, shown: services.Edition, today: date) -> HttpResponse:
    # The templates' own `edition` is the one in force, whose contact stands in the footer.
    return render(
        request,
        "policy/edition.html",
        {
            "shown": shown,
            "standing": services.standing(shown, today),
            "announced": services.announced(today),
            "contents": prose.contents(shown.text),
            "body": prose.render(shown.text),
        },
    )


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """第10条: every edition, newest first, and what changed between two."""
    today = timezone.localdate()
    editions = services.editions()
    asked = "from" in request.GET or "to" in request.GET
    form = ComparisonForm(request.GET if asked else _latest_two(editions), editions)
    compared = (form.cleaned_data["from"], form.cleaned_data["to"]) if form.is_valid() else None
    predecessors = (None, *editions)
    rows = [
        {
            "edition": each,
            "standing": services.standing(each, today),
            "predecessor": before,
            "sections": services.changes(before, each) if before else (),
        }
        for before, each in zip(predecessors, editions, strict=False)
    ]
    context = {
        "rows": rows[::-1],
        "form": form,
        "asked": asked,
        "compared": compared,
        "sections": services.changes(*compared) if compared else (),
    }
    return render(request, "policy/history.html", context)


def _latest_two(editions: tuple[services.Edition, ...]) -> dict[str, str]:
    """What the form offers before anyone chose."""
    return dict(zip(("from", "to"), (each.effective_on.isoformat() for each in editions[-2:]), strict=False))


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """第8条: how to ask about one's own data, from the facts of the edition in force."""
    shown = services.in_force(timezone.localdate())
    return render(request, "policy/requests.html", {"shown": shown, "facts": shown.facts})
