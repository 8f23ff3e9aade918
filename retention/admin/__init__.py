"""第9条 in Django admin: for staff, the runs of the purge with their certificates, and the legal holds."""

from retention.admin.holds import LegalHoldAdmin
from retention.admin.runs import PurgeRunAdmin

__all__ = ["LegalHoldAdmin", "PurgeRunAdmin"]
