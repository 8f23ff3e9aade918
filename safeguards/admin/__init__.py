"""第6条 in Django admin: the accounts and their rights, and the base class of every read-only list."""

from safeguards.admin.accounts import AccountAdmin, RoleAdmin
from safeguards.admin.read_only import CappedPaginator, ReadOnlyAdmin
from safeguards.admin.staff import StaffAdmin

__all__ = ["AccountAdmin", "CappedPaginator", "ReadOnlyAdmin", "RoleAdmin", "StaffAdmin"]
