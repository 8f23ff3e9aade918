"""Legal holds as tests place them."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User

from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import HoldBasis
from tests.intake.desk import AT

REVIEW = date(2027, 3, 31)
REASON = "架空商事との訴訟（案件 2026-7）"


def held(
    record_id: UUID,
    *,
    by: User,
    basis: HoldBasis = HoldBasis.DISPUTE,
    reason: str = REASON,
    review_on: date = REVIEW,
    at: datetime = AT,
) -> LegalHold:
    return holds.place(record_id, basis=basis, reason=reason, review_on=review_on, by=by, at=at)
