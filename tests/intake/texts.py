"""Free texts that look personal, invented, and what stands for them where nobody has decided."""

from typing import Any

from intake.models import Consultation
from intake.services import free_texts, reading, review
from intake.services.review import Place, Redacted
from tests.intake.desk import fresh
from tests.intake.desk_page import consultation
from tests.intake.staff import RECEPTION

REVIEWER = (*RECEPTION, "review_texts")

NAME, ILLNESS, PHONE = "佐藤", "適応障害", "090-0000-0042"
PAINS = f"{NAME}さんが{ILLNESS}で休職中です。面談の日程が合いません。"
SECURITY = f"対象者の連絡先は {PHONE} です。記録の保管は国内を希望します。"
RAW = (NAME, ILLNESS, PHONE)
CLEAN = "二段階認証が条件"
RULES = free_texts.rules_digest()


def flagged(**given: Any) -> Consultation:
    """One that was sent with findings in two of its three boxes."""
    found = consultation(**{"pain_points_other": PAINS, "security": SECURITY, **given})
    assert found.review == "due"
    return found


def personal(stored: Consultation) -> Any:  # Any: a PersonalPart, by whose fields tests ask
    """What the envelope holds now."""
    return reading.unseal(fresh(stored)).personal


def places(stored: Consultation) -> list[Place]:
    """Where the present rules find something, in the order of the page."""
    found = free_texts.find(personal(stored), company=stored.company_name)
    return sorted(review.places(found), key=lambda each: (free_texts.FIELDS.index(each.field), each.start))


def values(stored: Consultation) -> list[str]:
    """As the page writes them."""
    return [f"{each.field}:{each.start}:{each.end}" for each in places(stored)]


def mask_all(stored: Consultation, **by: Any) -> None:
    """By hand, all that is found."""
    for box, raw in (("pain_points_other", NAME), ("pain_points_other", ILLNESS), ("security", PHONE)):
        review.mask(stored.id, field=box, passage=raw, seen=fresh(stored).version, **by)


def redact_all(stored: Consultation, **by: Any) -> Redacted:
    return review.redact(stored.id, places=places(stored), rules=RULES, seen=fresh(stored).version, **by)
