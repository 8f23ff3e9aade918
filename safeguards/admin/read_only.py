"""第6条: the base class of every list that nobody can change."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Model]
    BasePaginator = Paginator[Model]
else:
    BaseAdmin = admin.ModelAdmin
    BasePaginator = Paginator


class CappedPaginator(BasePaginator):
    """Counts no further than `limit`, so that a long list costs what a short one does.

    What lies behind the limit is reached by search and filters; `templates/admin/pagination.html` says so.
    """

    limit = 1000

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.limit)

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > self.limit

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        # Any rows will do to be counted: in no order, and without what the list shows of them.
        return rows.order_by().values("pk")[: self.limit + 1].count()


class ReadOnlyAdmin(BaseAdmin):
    """Adding, changing and deleting are off, whatever permissions an account holds; operations call services."""

    actions = None
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would count the whole list

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Refuse an e-mail address: what is searched for stands in the page's address."""
        if "@" in search_term:
            messages.error(
                request, "メールアドレスは、ここでは検索できません（ページのアドレスに残るため）。"
            )
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
