"""第9条 in Django admin: what staff see and do about keeping and erasing, and the certificates of what was erased."""

from retention.admin.holds import LegalHoldAdmin
from retention.admin.runs import PurgeRunAdmin

__all__ = ["LegalHoldAdmin", "PurgeRunAdmin"]
