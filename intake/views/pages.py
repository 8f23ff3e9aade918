"""2-1: rendering of the form's pages. Each carries the whole form, so that no session holds anybody's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intake.choices import STEPS, Step
from intake.forms import HearingForm
from intake.rules.address import likely_meant
from intake.views import fields
from policy.services import Edition

AGREE, SEND = "id_agree", "id_send"  # ids of the check page
_SIGNER = signing.TimestampSigner(salt="intake.submission")


@dataclass(frozen=True)
class Problem:
    """One line of an error summary and the id of the input it links to."""

    target: str
    message: str


def uncached(response: HttpResponse) -> HttpResponse:
    """Keep the page out of shared caches, but not out of the browser's Back, as `no-store` would."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def token_of(request: HttpRequest) -> UUID | None:
    """The submission token that the page carried, or None where it is missing or was changed."""
    try:
        return UUID(hex=_SIGNER.unsign(request.POST.get("token", "")))
    except (signing.BadSignature, ValueError):
        return None


def step_page(
    request: HttpRequest, form: HearingForm, step: Step, *, faults: Mapping[str, str] | None = None
) -> HttpResponse:
    """One step with what was typed; with `faults`, their summary on top."""
    shown = fields.fields(form, step, faults or {})
    context = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "is_first": step is STEPS[0],
        "is_last": step is STEPS[-1],
        "fields": shown,
        "carried": fields.carried(form, shown=step),
        "token": _token(request),
        "problems": [Problem(field.target, field.error) for field in shown if field.error],
    }
    return uncached(render(request, "intake/step.html", context))


def check_page(
    request: HttpRequest,
    form: HearingForm,
    edition: Edition,
    *,
    problem: Problem | None = None,
    fresh_token: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Every valid answer in words, the purposes of use (法21条2項) and the agreement, before anything is stored."""
    context = {
        "sections": [(step, fields.answers(form, step)) for step in STEPS],
        "carried": fields.carried(form, shown=None),
        "token": _SIGNER.sign(uuid4().hex) if fresh_token else _token(request),
        "shown_edition": edition,
        "likely_email": likely_meant(form.cleaned_data["email"]),
        "agreed": problem is not None and problem.target == SEND and request.POST.get("agree") == "on",
        "agree_error": problem.message if problem and problem.target == AGREE else "",
        "problems": [problem] if problem else [],
    }
    return uncached(render(request, "intake/check.html", context, status=status))


def _token(request: HttpRequest) -> str:
    return request.POST["token"] if token_of(request) else _SIGNER.sign(uuid4().hex)
