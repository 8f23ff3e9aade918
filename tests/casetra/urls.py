"""The site's addresses and some that fail on purpose."""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from casetra.urls import *  # noqa: F403
from casetra.urls import urlpatterns as site


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"cannot handle {request.POST.get('email')}")


def lose_the_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("not you")


urlpatterns = [*site, path("fail/", fail), path("away/", lose_the_database), path("forbidden/", forbid)]
