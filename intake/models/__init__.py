"""2-1: what is stored of a consultation: the form as it was sent, and the contacts since; and what stays of it."""

from intake.models.consultation import KIND, OPEN, Consultation
from intake.models.contact import Contact
from intake.models.monthly_count import MonthlyCount

__all__ = ["KIND", "OPEN", "Consultation", "Contact", "MonthlyCount"]
