"""2-1: /consultation/ — four steps and a check page in one form; only 「送信する」 stores anything."""

from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.choices import STEPS, Step
from intake.forms import HearingForm
from intake.services import submission
from intake.views import thanks
from intake.views.pages import AGREE, SEND, Problem, check_page, step_page, token_of
from policy import services as policy

_BY_SLUG = {step.slug: step for step in STEPS}
CHECK = "check"  # what the check page says its step is


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest) -> HttpResponse:
    """The first step; or, for a posted page, what its button asks for. Unknown actions show the page again."""
    if request.method != "POST":
        return step_page(request, HearingForm(), STEPS[0])
    form, at = HearingForm(request.POST), timezone.now()
    action, step = request.POST.get("action", ""), _BY_SLUG.get(request.POST.get("step", ""), STEPS[0])
    match action:
        case "next":
            return _next(request, form, step, at)
        case "back":
            return step_page(request, form, _before(request, step))
        case "confirm":
            return _confirm(request, form, at)
        case "submit":
            return _submit(request, form, at)
        case _ if action in _BY_SLUG:  # 「変更」 and 「残りは面談で話す」
            return step_page(request, form, _BY_SLUG[action])
        case _ if request.POST.get("step") == CHECK:
            return _confirm(request, form, at)
        case _:
            return step_page(request, form, step)


def _before(request: HttpRequest, step: Step) -> Step:
    if request.POST.get("step") == CHECK:
        return STEPS[-1]
    return STEPS[max(STEPS.index(step) - 1, 0)]


def _next(request: HttpRequest, form: HearingForm, step: Step, at: datetime) -> HttpResponse:
    if faults := form.faults(step):
        return step_page(request, form, step, faults=faults)
    if step is STEPS[-1]:
        return _confirm(request, form, at)
    return step_page(request, form, STEPS[STEPS.index(step) + 1])


def _confirm(request: HttpRequest, form: HearingForm, at: datetime) -> HttpResponse:
    if not form.is_valid():
        return _first_fault(request, form)
    return check_page(request, form, policy.in_force(timezone.localdate(at)))


def _first_fault(request: HttpRequest, form: HearingForm) -> HttpResponse:
    step = next(step for step in STEPS if form.faults(step))
    return step_page(request, form, step, faults=form.faults(step))


def _submit(request: HttpRequest, form: HearingForm, at: datetime) -> HttpResponse:
    """Everything is looked at again: what is stored is what was agreed to under the edition in force now."""
    if not form.is_valid():
        return _first_fault(request, form)
    edition = policy.in_force(timezone.localdate(at))
    token = token_of(request)
    if token is None or request.POST.get("edition") != edition.effective_on.isoformat():
        problem = Problem(
            AGREE, "確認ページの表示から時間がたちました。内容と利用目的をもう一度ご確認ください。"
        )
        return check_page(request, form, edition, problem=problem)
    if request.POST.get("agree") != "on":
        problem = Problem(AGREE, "利用目的をお読みになり、同意いただける場合はチェックを入れてください。")
        return check_page(request, form, edition, problem=problem)
    try:
        receipt = submission.submit(form.answers(), token=token, edition=edition, at=at)
    except submission.TokenReused:
        problem = Problem(
            SEND,
            "このページの内容は、前に一度受け付けています。いまの内容は前と違うため、まだ送信していません。"
            "新しい相談として送る場合は、もう一度「送信する」を押してください。",
        )
        return check_page(request, form, edition, problem=problem, fresh_token=True)
    except (OperationalError, InterfaceError):
        problem = Problem(
            SEND,
            "ただいま混み合っているため、送信できませんでした。入力内容はこのページに残っています。"
            "数分おいて、もう一度「送信する」を押してください。",
        )
        return check_page(request, form, edition, problem=problem, status=503)
    return thanks.redirect_with(receipt)
