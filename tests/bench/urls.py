"""Every address of the site, and the two bare views."""

from django.urls import path

from casetra.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.bench import bare

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bare/", bare.page),
    path("bare/submit/", bare.submit),
    *urlpatterns,
]
