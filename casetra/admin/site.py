"""Staff's admin as one site: its name, its menu, and its home 「今日の対応」."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from casetra.admin import menu, periods, today


class Site(admin.AdminSite):
    """Django's, without the side bar: the menu in the header works without JavaScript and at 320 px."""

    site_header = site_title = "Casetra 管理"
    index_title = "今日の対応"
    enable_nav_sidebar = False
    app_order = ("intake", "retention", "safeguards", "auth")  # by how often staff need them; others follow

    def get_urls(self) -> list[Any]:  # Any: patterns and resolvers
        """Without `r/`, which leads to an object's public page: none has one, and it fails on an id of another form."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    # Any: a template's context, as Django has it.
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        order = {label: place for place, label in enumerate(self.app_order)}
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return context | {"menu": menu.items(request, context["available_apps"])}

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:  # Any: a redirect is no TemplateResponse
        """Home says all of it and more."""
        return redirect("admin:index")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What is to be done today, as counted links to lists; the index of all lists stands below."""
        at = timezone.now()
        pulse = periods.pulse(at)
        context = {
            "groups": today.groups(request.user, at=at, pulse=pulse),
            "notices": today.notices(request.user, at=at, pulse=pulse),
            **(extra_context or {}),
        }
        return super().index(request, context)
