"""Addresses under /privacy/ (DESIGN §4)."""

from datetime import date

from django.urls import path, register_converter

from policy.views import pages

app_name = "policy"


class IsoDate:
    """A real date written YYYY-MM-DD; anything else is no address of this site."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(IsoDate, "isodate")

urlpatterns = [
    path("", pages.in_force, name="in_force"),
    path("history/", pages.history, name="history"),
    path("requests/", pages.requests, name="requests"),
    path("<isodate:on>/", pages.edition, name="edition"),
]
