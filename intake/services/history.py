"""第6条 (ログ管理): what an audit entry about consultations says beside its event, in words for staff."""

import re
from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format

from intake.choices import STATUS_OR_UNFINISHED, ContactKind, Status, VoidReason
from intake.services.asking import ASKED
from intake.services.correction import TAKEN_BACK
from intake.services.free_texts import Kind
from intake.services.review import CONFIRMED
from safeguards.services.audit import Event

__all__ = ["in_words"]

_WORDS = {"-": "なし", TAKEN_BACK: "取消し", CONFIRMED: "すでに伏せた箇所で確定", ASKED: "職員の依頼"}
_OF: Mapping[Event, type[TextChoices]] = {
    Event.CONSULTATION_ADVANCED: Status,
    Event.CONTACT_RECORDED: ContactKind,
    Event.CONTACT_VOIDED: VoidReason,
}
_CHANGES = {Event.CONSULTATION_ADVANCED, Event.CONSULTATION_ASSIGNED, Event.CONSULTATION_PLANNED}
_COUNTS = {Event.CONSULTATIONS_FOUND, Event.TECHNICAL_ERASED}
_FINDINGS = {Event.CONSULTATION_FLAGGED, Event.CONSULTATION_TEXTS_REDACTED}
_OTHER_FINDINGS = {"more": "ほか", "passage": "職員が指定した箇所", "kept": "残した箇所"}
_EXPORTS = {Event.CONSULTATIONS_EXPORTED, Event.CONSULTATIONS_EXPORTED_PERSONAL}
_EXPORT = re.compile(
    r"n=(\d+), received=([0-9-]*)\.\.([0-9-]*), status=(\w+)"
)  # as export's `Scope` writes it


def in_words(event: Event, label: str) -> str:
    """The label in words: from what to what, of which kind, how many. What has no words stays as it is."""
    if event in _CHANGES:
        return " → ".join(_word(event, part) for part in label.split(", "))
    if event in _COUNTS and label.isdigit():
        return f"{int(label):,}件"
    if event in _EXPORTS and (export := _EXPORT.fullmatch(label)):
        return _scope(*export.groups())
    if event in _FINDINGS and "=" in label:
        return _findings(label)
    if event == Event.CONTACT_RECORDED and ", " in label:
        kind, _, kept = label.partition(", ")
        return f"{_word(event, kind)}、メモに残した箇所：{_findings(kept)}"
    return _word(event, label)


def _findings(counted: str) -> str:
    """How many of which kinds, as `free_texts.counted` writes it."""
    return "、".join(_finding(part) for part in counted.split(", "))


def _finding(counted: str) -> str:
    """How many of a kind, or of what staff pointed out or left."""
    kind, _, count = counted.partition("=")
    word = _OTHER_FINDINGS.get(kind) or (Kind(kind).label if kind in set(Kind) else kind)
    return f"{word}{count}件"


def _scope(count: str, first: str, last: str, status: str) -> str:
    """How many were exported, and which: received when, of which status."""
    days = [day and date_format(date.fromisoformat(day)) for day in (first, last)]
    received = "".join(f"{day}{word}" for day, word in zip(days, ("から", "まで"), strict=True) if day)
    stated = dict(STATUS_OR_UNFINISHED).get(status, "すべて")
    return f"{int(count):,}件（受付日：{received or 'すべて'}、状態：{stated}）"


def _word(event: Event, value: str) -> str:
    if value in _WORDS:
        return _WORDS[value]
    choices = _OF.get(event)
    if choices and value in choices.values:
        return str(choices(value).label)
    if event == Event.CONSULTATION_PLANNED:
        return date_format(date.fromisoformat(value))
    return value
