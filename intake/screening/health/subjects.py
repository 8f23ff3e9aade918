"""2-1: who or what a term of illness is said of, directly before it: 「シェフが味覚障害」「病名：うつ病」."""

import re
from functools import cache

from intake.screening.health.persons import Person
from intake.screening.words import one_of, words

_REACH = 22  # characters before a term
_SUBJECT_REACH = 7  # between 「が」 or 「は」 and the term
_LABEL = one_of("病名 症状 診断名? 傷病名? 疾患名? 傷病 既往歴? 持病 現病歴 主訴 容態 休職理由")
_LABELLED = re.compile(rf"(?<!対象)(?<!主な){_LABEL}[:は=→ (]{{1,3}}$")
_POLITELY = re.compile("[一-龥ァ-ヴー]さん$")
_SUBJECT = re.compile("[一-龥ァ-ヴーA-Z](?:さん)?$")
_LABELS_END = frozenset(":は=→ (")


def of_term(text: str, opening: int, start: int) -> Person:
    """The person of the label or subject before the term that starts there."""
    before = text[max(opening, start - _REACH) : start]
    if before[-1:] in _LABELS_END and _LABELLED.search(before):
        return Person.ONE
    if _POLITELY.search(before):
        return Person.ONE
    marked = max(before.rfind("が"), before.rfind("は"))
    if marked < 0 or len(before) - marked > _SUBJECT_REACH or "、" in before[marked + 2 :]:
        return Person.NOBODY
    subject = before[:marked]
    somebody = _SUBJECT.search(subject) and not subject.endswith(_not_somebody())
    return Person.KIND if somebody else Person.NOBODY


@cache
def _not_somebody() -> tuple[str, ...]:
    return tuple(words("not_somebody"))
