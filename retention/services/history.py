"""第6条 (ログ管理): what an audit entry about retention says beside its event, in words for staff."""

from retention.choices import Settlement
from retention.models import EntrustedData, Place
from retention.services.entrusted import REOPENED
from retention.services.places import ADDED
from safeguards.services.audit import Event

__all__ = ["EVENTS", "in_words"]

EVENTS = {
    Event.PLACES_CHECKED,
    Event.PLACES_CHANGED,
    Event.ENTRUSTED_RECORDED,
    Event.ENTRUSTED_CHANGED,
    Event.ENTRUSTED_SETTLED,
}
_WORDS = {ADDED: "追加", REOPENED: "返却・削除の記録の取消し", **dict(Settlement.choices)}
_BOXES = {"done": "済み", "undone": "取消し"}
_OF = {Event.PLACES_CHANGED: Place, Event.ENTRUSTED_CHANGED: EntrustedData}


def in_words(event: Event, label: str) -> str:
    """The label in words: which places by number, which fields, what became of the data."""
    if label in _WORDS:
        return str(_WORDS[label])
    parts = label.split(", ") if label else []
    if event is Event.PLACES_CHECKED:
        return "、".join(_boxes(part) for part in parts)
    if model := _OF.get(event):
        names = {field.name: str(field.verbose_name) for field in model._meta.fields}
        return "、".join(names.get(part, part) for part in parts)
    return label


def _boxes(part: str) -> str:
    """Numbers as the register has them: `done=1 3`."""
    word, _, numbers = part.partition("=")
    return f"{_BOXES[word]}：{'・'.join(f'{number}番' for number in numbers.split())}"
