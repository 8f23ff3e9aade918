"""2-1: rendering of the form's pages. Each carries the whole form, so that no session holds anybody's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intake.choices import STEPS, Step
from intake.forms import HearingForm
from intake.rules.address import likely_meant
from intake.views import fields
from intake.views.marks import Box
from intake.views.warning import Screened
from policy.services import Edition

CHECK = "check"  # what the check page says its step is
AGREE, TICK, SEND = "id_agree", "id_not_personal", "id_send"  # ids on the check page
_SIGNER = signing.TimestampSigner(salt="intake.submission")


@dataclass(frozen=True)
class Problem:
    """One line of an error summary and the id of the input it links to."""

    target: str
    message: str


@dataclass(frozen=True)
class Visit:
    """One request to the form: what was typed so far and what looks personal in it, when, and the edition in force
    at that moment."""

    request: HttpRequest
    screened: Screened
    edition: Edition
    at: datetime

    @property
    def form(self) -> HearingForm:
        return self.screened.form

    @property
    def step(self) -> str:
        """The slug of the page that was sent, CHECK for the check page."""
        return self.request.POST.get("step", "")

    @property
    def token(self) -> UUID | None:
        """The submission token that the page carried, or None where it is missing or was changed."""
        try:
            return UUID(hex=_SIGNER.unsign(self.request.POST.get("token", "")))
        except (signing.BadSignature, ValueError):
            return None

    @property
    def token_made_at(self) -> datetime:
        """When this site made the token; for a visit whose `token` is not None."""
        stamp = self.request.POST["token"].split(_SIGNER.sep)[1]
        return datetime.fromtimestamp(signing.b62_decode(stamp), UTC)

    @property
    def edition_mark(self) -> str:
        """What a page carries to say which text it showed: the edition's date and the digest of that very text."""
        return f"{self.edition.effective_on.isoformat()} {self.edition.digest}"

    @property
    def was_checked(self) -> bool:
        """Whether the person came from the check page, and is led straight back to it."""
        return self.step == CHECK or self.request.POST.get("checked") == "yes"


def uncached(response: HttpResponse) -> HttpResponse:
    """Keep the page out of shared caches, but not out of the browser's Back, as `no-store` would."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def step_page(
    visit: Visit, step: Step, *, faults: Mapping[str, str] | None = None, focus: str = ""
) -> HttpResponse:
    """One step with what was typed; with `faults`, their summary on top; `focus` is the key of a box to begin at.

    Who comes from the check page, or was on the way there when a fault turned up, is led straight back to it.
    """
    checked = visit.was_checked or visit.request.POST.get("action") == "confirm"
    shown = fields.fields(visit.form, step, faults or {}, focus=focus)
    context = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "is_first": step is STEPS[0],
        "is_last": step is STEPS[-1],
        "leads_to_check": step is STEPS[-1] or checked,
        "was_checked": checked,
        "reply_days": settings.REPLY_BUSINESS_DAYS,
        "fields": shown,
        "carried": fields.carried(visit.form, shown=step),
        "confirmed": visit.screened.confirmed,
        "token": _token(visit),
        "edition_mark": visit.edition_mark,
        "problems": [Problem(field.target, field.error) for field in shown if field.error],
    }
    return uncached(render(visit.request, "intake/step.html", context))


def check_page(
    visit: Visit,
    *,
    problems: Sequence[Problem] = (),
    fresh_token: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Every valid answer in words, the purposes of use (法21条2項) and the agreement, before anything is stored.

    What looks personal in the free texts is marked, and it is told what was just masked.
    """
    email, boxes = visit.form.cleaned_data["email"], visit.screened.boxes()
    is_masked = bool(visit.screened.chosen)
    said = {problem.target: problem.message for problem in problems}
    agreed = visit.request.POST.get("agree") == "on"
    context = {
        "sections": [(step, fields.answers(visit.form, step, boxes)) for step in STEPS],
        "carried": fields.carried(visit.form, shown=None),
        **_warning(visit.screened, boxes),
        "tick_error": said.get(TICK, ""),
        "token": _fresh(visit) if fresh_token else _token(visit),
        "edition_mark": visit.edition_mark,
        "shown_edition": visit.edition,
        "is_masked": is_masked,
        "email": email,
        "likely_email": likely_meant(email),
        "agreed": agreed and (bool(said) or is_masked) and AGREE not in said,
        "agree_error": said.get(AGREE, ""),
        "problems": problems,
    }
    return uncached(render(visit.request, "intake/check.html", context, status=status))


def _warning(screened: Screened, boxes: Mapping[str, Box]) -> dict[str, object]:
    """What is told of the boxes that nobody ticked yet, and how the tick stands."""
    return {
        "warning": screened.summary(),
        "boxes": [boxes[key] for key in screened.unconfirmed],
        "confirmed": screened.confirmed,
        "confirmed_elsewhere": screened.confirmed_elsewhere,
        "asks_tick": bool(screened.found),
        "ticked": not screened.unconfirmed,
    }


def _fresh(visit: Visit) -> str:
    """Another token of the same moment: whoever has filled the form has taken their time."""
    _, made_at, _ = visit.request.POST["token"].split(_SIGNER.sep)
    return signing.Signer.sign(_SIGNER, _SIGNER.sep.join((uuid4().hex, made_at)))


def _token(visit: Visit) -> str:
    return visit.request.POST["token"] if visit.token else _SIGNER.sign(uuid4().hex)
