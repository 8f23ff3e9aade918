"""第9条 (second point): customers' data for staff: the list, and the page of one with what can be done there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from intake.services import triage
from retention.admin.asked import Asked, Refusals
from retention.admin.data_list import DataList
from retention.choices import DataKind
from retention.forms.entrusted import EntryForm, ReopenForm, SettleForm
from retention.forms.fields import RegisterForm
from retention.models import EntrustedData
from retention.services import due_data, entrusted
from retention.services.due_data import Standing

_SEE = ("retention.view_entrusteddata",)
_RECORD = (*_SEE, "retention.record_entrusteddata")
_shown_and_sent = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
_sent = method_decorator(require_POST)
_REFUSALS: Refusals = {
    entrusted.NotEnded: ("ended_on", "返却・削除を記録したデータでは、契約の終了日を空けられません。"),
    entrusted.DayRefused: (
        "ended_on",
        "契約の終了日は、返却・削除をした日か、それより前の日にしてください。",
    ),
    entrusted.AlreadySettled: ("", "返却・削除は、すでに記録されています。"),
    entrusted.NotSettled: ("", "返却・削除の記録は、すでに取り消されています。"),
}


@admin.register(EntrustedData)
class EntrustedDataAdmin(DataList):
    """In place of the stock forms those of the register."""

    def get_urls(self) -> list[URLPattern]:
        posted = (("settle", self.settle_view), ("reopen", self.reopen_view))
        below = [
            path(
                f"<uuid:data_id>/{word}/",
                self.admin_site.admin_view(view),
                name=f"retention_entrusteddata_{word}",
            )
            for word, view in posted
        ]
        return [*below, *super().get_urls()]

    # Any: as django-stubs has the stock methods that these take the place of.
    @_shown_and_sent
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new entry."""
        asked = Asked.by(request, self.admin_site, *_RECORD)
        form = EntryForm(request.POST if asked.is_post else None)

        def write() -> str:
            entrusted.record(form.entry, by=asked.user, at=asked.at)
            return "委託データを登録しました。"

        if asked.is_post and asked.saves(form, write, _REFUSALS):
            return redirect("admin:retention_entrusteddata_changelist")
        context = {"title": "委託データの登録", "form": form, "tried": form, "problems": form.problems}
        return asked.render("add", EntrustedData, context)

    @_shown_and_sent
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of one, and its form once it is sent."""
        if request.method != "POST":
            asked = Asked.by(request, self.admin_site, *_SEE)
            return _page(asked, _data(object_id))
        asked = Asked.by(request, self.admin_site, *_RECORD)
        data = _data(object_id)
        form = EntryForm(request.POST, of=data)

        def write() -> str:
            changed = entrusted.change(data.id, form.entry, seen=form.seen, by=asked.user, at=asked.at)
            return "委託データを変更しました。" if changed else "変更はありませんでした。"

        return _answer(asked, data, form, write)

    @_sent
    def settle_view(self, request: HttpRequest, data_id: UUID) -> HttpResponse:
        """What became of the data."""
        asked = Asked.by(request, self.admin_site, *_RECORD)
        data = _data(str(data_id))
        form = SettleForm(request.POST, of=data, as_of=asked.today)

        def write() -> str:
            entrusted.settle(data.id, form.settled, seen=form.seen, by=asked.user, at=asked.at)
            return "返却・削除を記録しました。"

        return _answer(asked, data, form, write)

    @_sent
    def reopen_view(self, request: HttpRequest, data_id: UUID) -> HttpResponse:
        """Taking a mistaken settlement back."""
        asked = Asked.by(request, self.admin_site, *_RECORD)
        data = _data(str(data_id))
        form = ReopenForm(request.POST)

        def write() -> str:
            entrusted.reopen(data.id, seen=form.seen, by=asked.user, at=asked.at)
            return "返却・削除の記録を取り消しました。"

        return _answer(asked, data, form, write)


def _answer(asked: Asked, data: EntrustedData, form: RegisterForm, write: Callable[[], str]) -> HttpResponse:
    """Lead to the page once it is written; else show it as it is now, with all that was typed."""
    if asked.saves(form, write, _REFUSALS):
        return redirect("admin:retention_entrusteddata_change", data.id)
    data.refresh_from_db()
    return _page(asked, data, form)


def _page(asked: Asked, data: EntrustedData, tried: RegisterForm | None = None) -> HttpResponse:
    standing = due_data.standing(data, as_of=asked.today)
    context: dict[str, Any] = {
        "title": data.customer,
        "data": data,
        "kinds": [kind.label for kind in DataKind if kind in data.kinds],
        "standing": standing,
        "is_late": standing is Standing.OVERDUE,
        "due_by": due_data.due_by(data, as_of=asked.today),
        "days": due_data.days(asked.today),
        "settled_by": triage.name_of(data.settled_by) if data.settled_by else "",
        "may_record": asked.user.has_perms(_RECORD),
    }
    if context["may_record"]:
        context |= _forms(asked, data, tried)
    return asked.render("page", EntrustedData, context | asked.standing(data, tried))


def _forms(asked: Asked, data: EntrustedData, tried: RegisterForm | None) -> dict[str, Any]:
    """The forms that the data's standing allows; a form that was not saved as it was typed."""
    has_ended = data.ended_on is not None and data.ended_on <= asked.today
    settle = tried if isinstance(tried, SettleForm) else SettleForm(None, of=data, as_of=asked.today)
    return {
        "entry_form": tried if isinstance(tried, EntryForm) else EntryForm(None, of=data),
        "settle_form": settle if has_ended and not data.settled_on else None,
    }


def _data(object_id: str) -> EntrustedData:
    try:
        return EntrustedData.objects.select_related("settled_by").get(id=UUID(object_id))
    except (ValueError, EntrustedData.DoesNotExist):
        raise Http404 from None
