"""2-1: what is stored of a consultation: the form as it was sent, and the contacts since."""

from intake.models.consultation import KIND, OPEN, Consultation
from intake.models.contact import Contact

__all__ = ["KIND", "OPEN", "Consultation", "Contact"]
