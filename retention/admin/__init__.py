"""第9条: for staff, in Django admin: the runs of the purge with their certificates."""

from retention.admin.runs import PurgeRunAdmin

__all__ = ["PurgeRunAdmin"]
