"""2-1: the answers in words, grouped as they were asked."""

from dataclasses import dataclass

from intake.admin.envelope import Envelope
from intake.choices import STEPS, Kind, Question, Step
from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS


@dataclass(frozen=True)
class AnswerView:
    """One question with its answer; `text` is empty where there is none."""

    question: Question
    text: str
    is_shown: bool = True  # False where the envelope is closed

    @property
    def is_address(self) -> bool:
        return self.question.kind is Kind.EMAIL and self.is_shown

    @property
    def choices(self) -> list[str]:
        """What could have been answered, in words: for the sheet that is filled in by hand."""
        return [str(label) for _, label in self.question.options.choices] if self.question.options else []


def answers(consultation: Consultation, envelope: Envelope) -> list[tuple[Step, list[AnswerView]]]:
    """Every step with its answers, in the form's order."""
    return [
        (step, [_answer(consultation, envelope, question) for question in step.questions]) for step in STEPS
    ]


def _answer(consultation: Consultation, envelope: Envelope, question: Question) -> AnswerView:
    if question.field in PERSONAL_FIELDS:
        if envelope.personal is None:
            return AnswerView(question, envelope.instead, is_shown=False)
        return AnswerView(question, getattr(envelope.personal, question.field))
    value = getattr(consultation, question.field)
    if question.options is None:
        return AnswerView(question, value)
    chosen = value if question.kind is Kind.MANY else [value]
    return AnswerView(question, "、".join(str(question.options(each).label) for each in chosen if each))
