"""2-1: the pages of the hearing form."""

from intake.views.consultation import consultation
from intake.views.thanks import thanks

__all__ = ["consultation", "thanks"]
