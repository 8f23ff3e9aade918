"""2-1: /consultation/ — four steps and a check page in one form; only 「送信する」 stores anything."""

from dataclasses import replace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.choices import FREE_TEXTS, STEPS, Step
from intake.forms import HearingForm
from intake.services import submission, technical
from intake.views import guards, thanks
from intake.views.pages import AGREE, CHECK, SEND, TICK, Problem, Visit, check_page, step_page
from intake.views.warning import Screened
from policy import services as policy

_BY_SLUG = {step.slug: step for step in STEPS}
_BY_BOX = {question.key: step for step in STEPS for question in step.questions if question in FREE_TEXTS}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest) -> HttpResponse:
    """The first step; or, for a posted page, what its button asks for. Unknown actions show the page again."""
    at = timezone.now()
    form = HearingForm(request.POST) if request.method == "POST" else HearingForm()
    visit = Visit(request, Screened(form, request.POST), policy.in_force(timezone.localdate(at)), at)
    step, action = _BY_SLUG.get(visit.step, STEPS[0]), request.POST.get("action", "")
    match action.split():
        case ["next"]:
            return _next(visit, step)
        case ["back"]:
            return step_page(visit, _before(visit, step))
        case ["confirm"]:
            return _confirm(visit)
        case ["submit"]:
            return _submit(visit)
        case ["fix", key] if key in _BY_BOX:
            return step_page(visit, _BY_BOX[key], focus=key)
        case ["mask", *what]:
            return _mask(visit, what)
        case [slug] if slug in _BY_SLUG:  # 「変更」 and 「残りは面談で話す」
            return step_page(visit, _BY_SLUG[slug])
        case _ if visit.step == CHECK:
            return _confirm(visit)
        case _:
            return step_page(visit, step)


def _before(visit: Visit, step: Step) -> Step:
    if visit.step == CHECK:
        return STEPS[-1]
    return STEPS[max(STEPS.index(step) - 1, 0)]


def _next(visit: Visit, step: Step) -> HttpResponse:
    if faults := visit.form.faults(step):
        return step_page(visit, step, faults=faults)
    if step is STEPS[-1]:
        return _confirm(visit)
    return step_page(visit, STEPS[STEPS.index(step) + 1])


def _confirm(visit: Visit) -> HttpResponse:
    return check_page(visit) if visit.form.is_valid() else _first_fault(visit)


def _mask(visit: Visit, what: list[str]) -> HttpResponse:
    """Replace a word of a box, or all that is found in some boxes; what is no finding now changes nothing."""
    if not visit.form.is_valid():
        return _first_fault(visit)
    chosen = visit.screened.asked_for(what)
    if not chosen:
        return check_page(visit)
    mended = replace(visit, screened=visit.screened.masked(chosen))
    if not mended.form.is_valid():  # ■■ is longer than a name of one character
        return _first_fault(mended)
    return check_page(mended)


def _first_fault(visit: Visit) -> HttpResponse:
    step = next(step for step in STEPS if visit.form.faults(step))
    return step_page(visit, step, faults=visit.form.faults(step))


def _submit(visit: Visit) -> HttpResponse:
    """Everything is looked at again: what is stored is what was agreed to under the edition in force now."""
    if not visit.form.is_valid():
        return _first_fault(visit)
    token = visit.token
    problems = _unsaid(visit)
    if token is None or problems:
        return check_page(visit, problems=problems)
    answers = visit.form.answers()
    try:
        refused = guards.refusal(visit)
        if refused is None:
            receipt = submission.submit(
                answers,
                token=token,
                edition=visit.edition,
                at=visit.at,
                origin=_origin(visit.request),
                found=visit.screened.findings,
            )
        elif earlier := submission.already_sent(answers, token=token):
            receipt = earlier  # a double click or a reload gets its first result even at the limit
        else:
            return refused
    except submission.TokenReused:
        other = (
            "このページの内容は、前に一度受け付けています。いまの内容は前と違うため、まだ送信していません。"
            "新しい相談として送る場合は、もう一度「送信する」を押してください。"
        )
        return check_page(visit, problems=[Problem(SEND, other)], fresh_token=True)
    except (OperationalError, InterfaceError):
        away = (
            "送信を確かめられませんでした。入力内容はこのページに残っています。数分おいて、もう一度「送信する」を"
            "押してください。すでに届いていた場合も、二重の受付にはなりません。"
        )
        return check_page(visit, problems=[Problem(SEND, away)], status=503)
    return thanks.redirect_with(receipt)


def _unsaid(visit: Visit) -> list[Problem]:
    """What the person has still to say before anything is sent: the agreement, and the tick where there are marks."""
    problems = []
    if visit.token is None or visit.request.POST.get("edition") != visit.edition_mark:
        again = (
            "確認ページの表示のあとに、内容が改められました。入力内容と利用目的を、もう一度ご確認ください。"
        )
        problems.append(Problem(AGREE, again))
    elif visit.request.POST.get("agree") != "on":
        missing = "利用目的をお読みになり、同意いただける場合はチェックを入れてください。"
        problems.append(Problem(AGREE, missing))
    if visit.screened.unconfirmed:
        left = (
            "個人が分かる内容のように見える箇所が残っています。直すか伏せ字にするか、"
            "このまま送る場合はチェックを入れてください。"
        )
        problems.append(Problem(TICK, left))
    return problems


def _origin(request: HttpRequest) -> technical.Technical | None:
    address = guards.client(request)
    return technical.of(address, request.headers.get("User-Agent", ""))
