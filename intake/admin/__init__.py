"""2-1: consultations for staff, in Django admin: `consultations` is the list, `consultation` the page of one."""

from intake.admin.consultation import ConsultationAdmin

__all__ = ["ConsultationAdmin"]
