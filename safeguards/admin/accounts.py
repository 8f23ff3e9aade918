"""第6条 (アクセス制御): Django's pages of accounts and groups — for superusers; nothing is made or deleted there."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import admin as stock  # noqa: F401 - see `unregister`
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, Model
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest
from django.utils import timezone

from safeguards.admin.read_only import ReadOnlyAdmin
from safeguards.services import staff

if TYPE_CHECKING:
    UserModelAdmin = admin.ModelAdmin[User]
    UserForm = ModelForm[User]
else:
    UserModelAdmin, UserForm = admin.ModelAdmin, ModelForm

admin.site.unregister([User, Group])  # from what the import of Django's own module has registered

RIGHTS = {"groups", "user_permissions", "is_superuser", "is_staff", "is_active"}


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


@admin.register(User)
class AccountAdmin(UserModelAdmin):
    """Roles and, as an exception, single rights. `create_staff` makes accounts; nobody types others' passwords."""

    actions = None
    list_display = ("username", "last_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    search_fields = ("username",)
    readonly_fields = ("username", "last_login", "date_joined")
    # Boxes to tick: Django's two lists side by side need JavaScript, and axe finds fault with them.
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}  # noqa: RUF012 - as Django's own
    fieldsets = (
        (None, {"fields": ("username", "last_name", "email")}),
        (
            "できること",
            {
                "fields": ("groups", "user_permissions", "is_superuser"),
                "description": "役割（グループ）で足ります。個別の権限や管理者の権限は、例外として"
                "「職員とアクセス権」に目立つように出ます。",
            },
        ),
        (
            "利用",
            {
                "fields": ("is_active", "is_staff", "last_login", "date_joined"),
                "description": "退職のときは、削除の代わりに staff_leaves コマンドを使います。"
                "すぐに止めたいときは「有効」を外します。",
            },
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _is_superuser(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Filters in the address never guess at password hashes."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    # Any: django-stubs leaves the form sets' types open.
    def save_related(self, request: HttpRequest, form: UserForm, formsets: Any, change: bool) -> None:
        """With the change of rights, in one transaction, its audit entry."""
        super().save_related(request, form, formsets, change)
        if RIGHTS & set(form.changed_data) and isinstance(request.user, User):
            staff.note_rights_changed(form.instance, by=request.user, at=timezone.now())


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    """The roles as `casetra.roles` gives them; a change by hand would only last until the next `migrate`."""

    list_display = ("name",)
    fields = ("name", "permissions")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_superuser(request)
