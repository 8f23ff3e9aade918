"""2-1: free texts that look personal, shown on a page of their own to those who decide what becomes of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.http import Http404, HttpResponse

from intake.admin import page
from intake.admin.desk import saved, shown_by
from intake.admin.visit import Visit
from intake.choices import FREE_TEXTS, Question, Review
from intake.forms import words
from intake.forms.desk import DeskForm
from intake.forms.texts import DecisionForm, MaskForm, RedactForm
from intake.models import Consultation
from intake.services import asking, free_texts, reading, review, triage
from intake.services.review import Finding, Shown
from safeguards.services.envelopes import SealError, UnknownKey

_RELEASED = {
    Review.RELEASED: "自由記載を、問題なしとしました。",
    Review.REDACTED: "自由記載を、伏せ字で確定しました。",
}


@dataclass(frozen=True)
class Mark:
    """A finding with the box to tick; `value` is its place."""

    number: int
    value: str
    text: str
    reason: str
    is_ticked: bool


@dataclass(frozen=True)
class Part:
    """A run of the text: marked, or between marks."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Box:
    """One free text; `mask_form` is for what the screen missed in it."""

    question: Question
    parts: list[Part]
    marks: list[Mark]
    mask_form: MaskForm

    @property
    def is_empty(self) -> bool:
        return not any(part.text for part in self.parts)


def _button(visit: Visit) -> str:
    """The button of the consultation's page that leads here."""
    is_due = visit.consultation().review == Review.DUE
    return "自由記載を表示する" if is_due else "自由記載を伏せ字にする"


posted = shown_by(_button)


@posted
def show_texts(visit: Visit) -> HttpResponse:
    """The texts as they were sent; the audit says who looked."""
    return _show(visit)


@posted
def redact(visit: Visit) -> HttpResponse:
    """Masking the ticked findings for good."""
    form = RedactForm(visit.request.POST)

    def write() -> str:
        done = review.redact(
            visit.record_id,
            places=form.chosen(),
            rules=form.rules,
            seen=form.seen,
            by=visit.user,
            at=visit.at,
        )
        if done.kept:
            return f"{done.masked}か所を伏せ字にし、{done.kept}か所を残して確定しました。"
        return f"{done.masked}か所を伏せ字にして、確定しました。"

    return saved(visit, form, write, again=_show)


@posted
def mask(visit: Visit, box: str) -> HttpResponse:
    """Masking what was pointed out by hand: there may be more, so the texts are shown again at once. To send the
    same again, as a reload does, writes nothing: the version is another by then."""
    if box not in review.FIELDS:
        raise Http404
    form = MaskForm(visit.request.POST, field=box)

    def write() -> str:
        passage = form.cleaned_data["passage"]
        masked = review.mask(
            visit.record_id, field=box, passage=passage, seen=form.seen, by=visit.user, at=visit.at
        )
        return f"「{form.label}」の{masked}か所を伏せ字にしました。"

    return saved(visit, form, write, again=_show, then=_show)


@posted
def release(visit: Visit) -> HttpResponse:
    """「問題なし」, or 「確認を終える」 where no finding is left."""
    form = DecisionForm("release", visit.request.POST)

    def write() -> str:
        outcome = review.release(
            visit.record_id, rules=form.rules, seen=form.seen, by=visit.user, at=visit.at
        )
        return _RELEASED[outcome]

    return saved(visit, form, write, again=_show)


def _show(visit: Visit, tried: DeskForm | None = None) -> HttpResponse:
    """The page, as it is now, with whatever was typed and could not be saved: one audit entry a page."""
    consultation = visit.consultation()
    seen = tried.seen if tried else consultation.version
    is_outdated = seen != consultation.version
    context = {
        "title": "自由記載の確認",
        "consultation": consultation,
        "is_due": consultation.review == Review.DUE,
        "asked_by": _asked_by(consultation),
        "tried": tried,
        "problems": tried.problems if tried else [],
        "is_outdated": is_outdated,
        **page.meanwhile(visit, consultation, seen),
    }
    try:
        shown = review.show(consultation, by=visit.user, at=visit.at)
    except (SealError, UnknownKey) as error:
        reading.log_fault(error)
        return visit.render("texts", {**context, "is_broken": True})
    redact_form = _redact_form(tried, shown, is_outdated=is_outdated)
    boxes = list(_boxes(shown, redact_form, tried))
    found = sum(len(box.marks) for box in boxes)
    context |= {
        "boxes": boxes,
        "found": words.pieces(found) if found else "",
        "rules": shown.rules,
        "is_masked": shown.outcome == Review.REDACTED,
    }
    return visit.render("texts", context)


def _asked_by(consultation: Consultation) -> str:
    person = asking.asked_by(consultation)
    return triage.name_of(person) if person else ""


def _redact_form(tried: DeskForm | None, shown: Shown, *, is_outdated: bool) -> RedactForm:
    """Places of an older version, or of other rules, mean nothing in this one: there all are ticked again."""
    if isinstance(tried, RedactForm) and tried.rules == shown.rules and not is_outdated:
        return tried
    return RedactForm(None)


def _boxes(shown: Shown, form: RedactForm, tried: DeskForm | None) -> Iterator[Box]:
    numbers = count(1)
    for question in FREE_TEXTS:
        field = question.field
        runs = free_texts.runs(getattr(shown.personal, field), shown.found.get(field, []))
        parts = [
            Part(piece, _mark(next(numbers), field, piece, finding, form) if finding else None)
            for piece, finding in runs
        ]
        mask_form = MaskForm(None, field=field)
        if isinstance(tried, MaskForm) and tried.field == field:
            mask_form = tried
        yield Box(question, parts, [part.mark for part in parts if part.mark], mask_form)


def _mark(number: int, field: str, passage: str, finding: Finding, form: RedactForm) -> Mark:
    value = f"{field}:{finding.start}:{finding.end}"
    return Mark(number, value, passage, finding.reason, form.is_ticked(value))
