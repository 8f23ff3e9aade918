"""第9条 in Django admin: what staff see and do about keeping and erasing."""

from retention.admin.holds import LegalHoldAdmin

__all__ = ["LegalHoldAdmin"]
