"""第6条: the audit as a list that nobody can change."""

from django.contrib import admin

from safeguards.admin.read_only import ReadOnlyAdmin
from safeguards.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Entries newest first; the accounts are fetched with them."""

    list_display = ("at", "event", "actor", "subject_kind", "subject_id", "label")
    list_filter = ("event", "at")
    list_select_related = ("actor",)
    search_fields = ("=subject_id",)
    search_help_text = "対象の番号（UUID）で探せます。"
    fields = list_display
