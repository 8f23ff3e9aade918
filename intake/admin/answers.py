"""2-1: the answers in words, grouped as they were asked."""

from dataclasses import dataclass

from intake.admin.envelope import Envelope
from intake.choices import STEPS, Kind, Question, Step
from intake.forms import words
from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services.reading import Hidden


@dataclass(frozen=True)
class AnswerView:
    """One question with its answer; `text` is empty where there is none, `hidden` says what it holds back."""

    question: Question
    text: str
    is_shown: bool = True  # False where the envelope is closed
    hidden: str = ""

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
        hidden = envelope.hidden.get(question.field)
        return AnswerView(
            question, getattr(envelope.personal, question.field), hidden=_why(hidden) if hidden else ""
        )
    return AnswerView(question, "、".join(question.words(getattr(consultation, question.field))))


def _why(hidden: Hidden) -> str:
    """What is held back, in words: what it looks like and how often, and nothing of it."""
    if hidden.kinds:
        return f"{words.looks_like(hidden.kinds)}あり、「■■」で伏せています。"
    return "確かめ終わるまで、すべてを伏せています。"
