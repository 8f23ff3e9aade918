"""第9条 in Django admin: the checklist and register of places outside, and the register of customers' data."""

from retention.admin.entrusted import EntrustedDataAdmin
from retention.admin.places import PlaceAdmin

__all__ = ["EntrustedDataAdmin", "PlaceAdmin"]
