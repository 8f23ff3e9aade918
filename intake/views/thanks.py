"""2-1: /consultation/thanks/ — the reference number, which travels in a short-lived signed cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from intake.services.submission import Receipt
from intake.views.pages import uncached

COOKIE, SALT = "receipt", "intake.receipt"
MAX_AGE = 3600  # seconds: telephones reload a page that was put aside


def redirect_with(receipt: Receipt) -> HttpResponse:
    """Send the browser to the thanks page, so that a reload sends nothing again."""
    response = redirect("intake:thanks")
    response.set_signed_cookie(
        COOKIE,
        receipt.reference,
        salt=SALT,
        max_age=MAX_AGE,
        path=reverse("intake:thanks"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The reference and what happens next; without the cookie, how to ask for it."""
    reference = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=MAX_AGE)
    context = {"reference": reference, "reply_days": settings.REPLY_BUSINESS_DAYS}
    return uncached(render(request, "intake/thanks.html", context))
