"""2-1: what keeps bots from sending, and never a person: each refusal is the check page with everything on it.

A person always has a way: 「送信する」 again, now or a little later, and the telephone. Never a CAPTCHA
(docs/decisions/0005).
"""

from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from intake.rules import pace
from intake.views.pages import SEND, Problem, Visit, check_page
from safeguards.services import addresses, rates

HONEYPOT = "website"  # as templates/intake/_honeypot.html names it; no key of the policy's

_TOO_FAST = (
    "ページを開いてから送信までが短すぎたため、まだ送信していません。入力内容はこのページに残っています。"
    "もう一度「送信する」を押してください。"
)
_FILLED = (
    "入力しないはずの欄に文字が入っていたため、まだ送信していません（自動入力の機能が入れることがあります）。"
    "その欄は空にしました。もう一度「送信する」を押してください。"
)
_TOO_MANY = (
    "同じ接続元からの送信が続いたため、いまは送信できません。入力内容はこのページに残っています。"
    "{minutes}分ほどおいて、もう一度「送信する」を押してください。"
)
_CALL = "お電話（{telephone}、{hours}）でも承ります。"


def refusal(visit: Visit) -> HttpResponse | None:
    """The page that asks to try again, or None when the visit may send; the visit's token is a good one.

    What costs nothing is asked first; only what passes is counted.
    """
    opened_at, minimum = visit.token_made_at, settings.INTAKE_MIN_SECONDS
    if pace.is_too_fast(opened_at=opened_at, sent_at=visit.at, minimum=minimum):
        return _refused(visit, _TOO_FAST)
    if visit.request.POST.get(HONEYPOT):
        return _refused(visit, _FILLED)
    if not settings.INTAKE_PER_HOUR:
        return None
    hit = rates.hit(
        "consultation", addresses.sender(client(visit.request)), limit=settings.INTAKE_PER_HOUR, at=visit.at
    )
    if hit.allowed:
        return None
    wait = ceil((hit.resets_at - visit.at).total_seconds())
    response = _refused(visit, _TOO_MANY.format(minutes=ceil(wait / 60)), status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def client(request: HttpRequest) -> str:
    """The address that the request came from, or addresses.UNKNOWN."""
    meta = request.META
    return addresses.client(
        remote=meta.get("REMOTE_ADDR", ""), forwarded=meta.get("HTTP_X_FORWARDED_FOR", "")
    )


def _refused(visit: Visit, message: str, *, status: int = 200) -> HttpResponse:
    company = visit.edition.facts.controller
    call = _CALL.format(telephone=company.telephone, hours=company.hours)
    return check_page(visit, problems=[Problem(SEND, message + call)], status=status)
