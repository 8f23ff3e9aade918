"""第6条 (アクセス制御): the review of access rights, and the reset of a lost second factor."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from safeguards.admin.read_only import ReadOnlyAdmin
from safeguards.models import Staff
from safeguards.services import factors, review


@admin.register(Staff)
class StaffAdmin(ReadOnlyAdmin):
    """One page for the review, one for each account: no list to page through, since companies review all at once."""

    def get_urls(self) -> list[URLPattern]:
        reset = self.admin_site.admin_view(self.reset_factor)
        return [path("<int:account_id>/reset-factor/", reset, name="reset_factor"), *super().get_urls()]

    # Any: as django-stubs has the stock methods that these take the place of.
    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Who may do what, and who last signed in: printable."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": "職員とアクセス権",
            "rows": review.rows(at=at),
            "at": at,
            "unused_days": review.UNUSED_DAYS,
        }
        return render(request, "admin/safeguards/staff/review.html", context)

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One account, and what can be done for its person."""
        account = _account(object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"職員 {account.get_username()}",
            "row": review.row(account, at=timezone.now()),
            "unused_days": review.UNUSED_DAYS,
            "may_reset": factors.may_reset(account, by=_person(request)),
        }
        return render(request, "admin/safeguards/staff/account.html", context)

    @method_decorator(require_POST)
    def reset_factor(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Take a lost factor away, once the box says that it was the person who asked."""
        account, by = _account(str(account_id)), _person(request)
        page = redirect(reverse("admin:safeguards_staff_change", args=[account_id]))
        if request.POST.get("confirmed") != "yes":
            messages.error(request, "ご本人に確かめたことを示す欄に、チェックを入れてください。")
            return page
        try:
            had_one = factors.reset(account, by=by, at=timezone.now())
        except factors.ResetRefused:
            raise PermissionDenied from None
        if had_one:
            messages.success(
                request,
                "2段階認証を解除し、サインアウトさせました。次のサインインのときに、設定の案内が出ます。",
            )
        else:
            messages.info(request, "2段階認証は、まだ設定されていませんでした。")
        return page


def _account(object_id: str) -> User:
    account = (
        User.objects.filter(pk=object_id).first() if object_id.isascii() and object_id.isdigit() else None
    )
    if account is None:
        raise Http404
    return account


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
