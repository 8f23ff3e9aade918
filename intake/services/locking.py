"""2-1: two members of staff on one page: whoever saves second is told so, and nothing is overwritten unseen."""

from uuid import UUID

from intake.models import Consultation


class Outdated(Exception):
    """A colleague has changed the consultation since the page was shown; nothing was written."""


def lock(record_id: UUID, *, seen: int) -> Consultation:
    """The consultation, its row locked, if `seen` is still its version; else Outdated (or DoesNotExist).

    In the caller's transaction. The caller saves with `bump`.
    """
    consultation = Consultation.objects.select_for_update().get(id=record_id)
    if consultation.version != seen:
        raise Outdated
    return consultation


def bump(consultation: Consultation, *changed: str) -> None:
    """Save the changed fields and the next version."""
    consultation.version += 1
    consultation.save(update_fields=[*changed, "version"])
