"""2-1: what of the free texts stands in ordinary sight while nobody has looked at what the screen found in them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake.choices import Review
from intake.models import Consultation
from intake.rules.answers import PersonalPart
from intake.services import free_texts
from intake.services.free_texts import FIELDS, Kind

__all__ = ["Hidden", "Kind", "ordinary"]


@dataclass(frozen=True)
class Hidden:
    """What a box holds back: how many passages of which kinds, or, where there are none, the whole of it."""

    kinds: Mapping[Kind, int]


def ordinary(consultation: Consultation, personal: PersonalPart) -> tuple[PersonalPart, Mapping[str, Hidden]]:
    """The personal part as it may be shown, and what each box of it holds back, by field.

    Passages are masked one by one only where the rules that flagged the record are today's: what other rules
    found is not known any more, and what nobody has looked at stays hidden rather than come to light with an
    update. A record in which the present rules find nothing is as good as that.
    """
    if consultation.review != Review.DUE:
        return personal, {}
    found = free_texts.find(personal, company=consultation.company_name)
    if found and consultation.screened_with == free_texts.rules_digest():
        masked = {
            field: free_texts.masked(getattr(personal, field), findings) for field, findings in found.items()
        }
        hidden = {field: Hidden(Counter(each.kind for each in findings)) for field, findings in found.items()}
        return replace(personal, **masked), hidden
    answered = [field for field in FIELDS if getattr(personal, field)]
    return replace(personal, **dict.fromkeys(answered, "")), dict.fromkeys(answered, Hidden({}))
