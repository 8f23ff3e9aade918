"""2-1: who or what a term of illness is said of, directly before it: 「シェフが味覚障害」「病名：うつ病」."""

import re

from intake.screening.health.persons import Person
from intake.screening.words import one_of, words

_REACH = 22
_LABEL = one_of("病名 症状 診断名? 傷病名? 疾患名? 傷病 既往歴? 持病 現病歴 主訴 容態 休職理由")
_LABELLED = re.compile(rf"(?<!対象)(?<!主な){_LABEL}[:は=→ (]{{1,3}}$")
_SUBJECT = re.compile(r"(?P<who>[一-龥ァ-ヴーA-Z]{1,10})(?:さん)?[がは]、?[^、。がは]{0,6}$")


def of_term(text: str, opening: int, start: int) -> Person:
    """The person of the label or subject before the term that starts there."""
    before = text[max(opening, start - _REACH) : start]
    if _LABELLED.search(before):
        return Person.ONE
    subject = _SUBJECT.search(before)
    return (
        Person.KIND
        if subject and not subject["who"].endswith(tuple(words("not_somebody")))
        else Person.NOBODY
    )
