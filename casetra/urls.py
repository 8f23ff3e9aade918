"""Every address of the site; `/livez` and `/healthz` are answered by `casetra.middleware.health`."""

from django.contrib import admin
from django.urls import include, path

from casetra import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon),
    path("consultation/", include("intake.urls")),
    path("privacy/", include("policy.urls")),
    path("admin/", include("safeguards.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "casetra.views.bad_request"
handler403 = "casetra.views.forbidden"
handler404 = "casetra.views.not_found"
handler500 = "casetra.views.server_error"
