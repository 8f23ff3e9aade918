"""第8条: erasing one consultation by hand, on a page of its own that says what goes and what stays."""

from django.http import HttpResponse
from django.shortcuts import redirect

from intake.admin import page
from intake.admin.desk import saved
from intake.admin.visit import Visit
from intake.forms.desk import DeskForm
from intake.forms.erasure import EraseForm
from intake.models import KIND
from intake.services import erasure
from intake.services.erasure import ErasureBasis
from safeguards.services import erasures, holds


def erase(visit: Visit) -> HttpResponse:
    """The page, and with its form the end of the consultation."""
    if visit.request.method != "POST":
        return _show(visit)
    reference = visit.consultation().reference
    form = EraseForm(visit.request.POST, of=reference)

    def write() -> str:
        basis = ErasureBasis(form.cleaned_data["basis"])
        erasure.by_hand(visit.record_id, basis=basis, seen=form.seen, by=visit.user, at=visit.at)
        return f"相談 {reference} を消去しました。"

    return saved(visit, form, write, again=_show, then=_to_list)


def _show(visit: Visit, tried: DeskForm | None = None) -> HttpResponse:
    """The page, with whatever was typed and not done; it opens no envelope."""
    consultation = visit.consultation()
    seen = tried.seen if tried else consultation.version
    context = {
        "title": "相談を消去する",
        "consultation": consultation,
        "holds": holds.open_of(kind=KIND, record_id=consultation.id),
        "form": tried or EraseForm(None, of=consultation.reference),
        "backup_days": erasures.kept_days(),
        "tried": tried,
        "problems": tried.problems if tried else [],
        "is_outdated": seen != consultation.version,
        **page.meanwhile(visit, consultation, seen),
    }
    return visit.render("erasure", context)


def _to_list(visit: Visit) -> HttpResponse:
    return redirect("admin:intake_consultation_changelist")
