"""第9条: places outside for staff: the checklist for all who work on consultations, the register for its keepers."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from retention.admin import checklist
from retention.admin.asked import Asked, Refusals
from retention.forms.places import PlaceForm
from retention.models import Place
from retention.services import places
from safeguards.admin import ReadOnlyAdmin

_CHECK = ("intake.view_consultation", "retention.view_place", "retention.check_place")
_KEEP = ("retention.view_place", "retention.keep_places")
_shown_and_sent = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
_REFUSALS: Refusals = {
    places.NameTaken: ("place_name", "同じ名前の場所が、すでにあります。"),
    places.TooMany: (
        "in_use",
        f"確認に使う場所は{places.MOST}か所までです。使わない場所を、先に外してください。",
    ),
}


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    """In place of the stock list the checklist; in place of the stock forms those of the register."""

    def get_urls(self) -> list[URLPattern]:
        register = self.admin_site.admin_view(self.register_view)
        return [path("register/", register, name="retention_place_register"), *super().get_urls()]

    # Any: as django-stubs has the stock methods that these take the place of.
    @_shown_and_sent
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The records that end soon, and a box for each place."""
        return checklist.page(Asked.by(request, self.admin_site, *_CHECK))

    @method_decorator(require_safe)
    def register_view(self, request: HttpRequest) -> HttpResponse:
        """Every place, those put aside too."""
        asked = Asked.by(request, self.admin_site, *_KEEP)
        context = {"title": "ほかの保存場所の一覧", "places": Place.objects.order_by("-in_use", "order")}
        return asked.render("register", Place, context)

    @_shown_and_sent
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new place."""
        asked = Asked.by(request, self.admin_site, *_KEEP)
        form = PlaceForm(request.POST if asked.is_post else None)

        def write() -> str:
            places.add(form.entry, by=asked.user, at=asked.at)
            return "保存場所を追加しました。"

        if asked.is_post and asked.saves(form, write, _REFUSALS):
            return redirect("admin:retention_place_register")
        context = {"title": "保存場所の追加", "form": form, "tried": form, "problems": form.problems}
        return asked.render("form", Place, context)

    @_shown_and_sent
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One place: its name, what to do there, and whether it is in use."""
        asked = Asked.by(request, self.admin_site, *_KEEP)
        place = _place(object_id)
        form = PlaceForm(request.POST if asked.is_post else None, of=place)

        def write() -> str:
            changed = places.change(place.id, form.entry, seen=form.seen, by=asked.user, at=asked.at)
            return "保存場所を変更しました。" if changed else "変更はありませんでした。"

        if asked.is_post and asked.saves(form, write, _REFUSALS):
            return redirect("admin:retention_place_register")
        place.refresh_from_db()
        context = {"title": place.name, "form": form, "place": place}
        return asked.render("form", Place, context | asked.standing(place, form if asked.is_post else None))


def _place(object_id: str) -> Place:
    try:
        return Place.objects.get(id=UUID(object_id))
    except (ValueError, Place.DoesNotExist):
        raise Http404 from None
