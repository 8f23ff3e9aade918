"""2-1: what a page may show of the envelope: opened for those who may, with an audit entry; else why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from intake.admin.visit import Visit
from intake.models import Consultation
from intake.rules.answers import PersonalPart
from intake.services import reading
from intake.services.reading import Event, Hidden

SEALED, BROKEN = "（封をしています）", "（開けませんでした）"


@dataclass(frozen=True)
class Envelope:
    """The personal part and the notes where it was opened; else `instead` stands for each of them.

    `hidden` says what boxes of the personal part hold back, by field.
    """

    personal: PersonalPart | None = None
    notes: Mapping[UUID, str] = field(default_factory=dict)
    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    instead: str = SEALED

    @property
    def is_broken(self) -> bool:
        return self.instead == BROKEN


def opened(visit: Visit, consultation: Consultation, event: Event = Event.CONSULTATION_OPENED) -> Envelope:
    """Opened once for one page that is shown: one audit entry."""
    if not visit.may("open_envelope"):
        return Envelope()
    try:
        found = reading.open_personal(consultation, by=visit.user, at=visit.at, event=event)
    except (reading.SealError, reading.UnknownKey) as error:
        reading.log_fault(error)
        return Envelope(instead=BROKEN)
    return Envelope(found.personal, found.notes, found.hidden, instead="")
