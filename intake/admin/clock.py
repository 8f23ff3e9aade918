"""2-1: the moment at which somebody looks at the list: one for all of its filters, columns and rows."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

_KEPT = "intake.looked_at"


def at(request: HttpRequest) -> datetime:
    """Read once a request, whoever of Django's admin asks first: its filters and columns are handed no moment."""
    if _KEPT not in request.META:
        request.META[_KEPT] = timezone.now()
    moment: datetime = request.META[_KEPT]
    return moment


def today(request: HttpRequest) -> date:
    """The day of it."""
    return timezone.localdate(at(request))
