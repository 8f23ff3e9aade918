"""2-1: what a template needs to show one question, or an answer, without deciding anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.choices import QUESTIONS, Kind, Question, Step
from intake.forms import HearingForm
from intake.views.marks import Box

NO_ANSWER = "今は答えない"
MEANT = (
    "「その他」のチェックはありませんが、「その他の内容」が入力されているため、選んだものとして送ります。"
    "送らないときは「変更」を押して、その内容を消してください。"
)


@dataclass(frozen=True)
class OptionView:
    """One radio button or checkbox."""

    id: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class FieldView:
    """One question with what was typed and, where the page shows it, its message."""

    question: Question
    value: str
    options: tuple[OptionView, ...]
    error: str
    has_focus: bool

    @property
    def id(self) -> str:
        return f"id_{self.question.key}"

    @property
    def target(self) -> str:
        """The id that the error summary links to: a group's first option."""
        return self.options[0].id if self.options else self.id

    @property
    def described_by(self) -> str:
        """The ids of support text and message, as `aria-describedby` lists them."""
        parts = (("support", self.question.support), ("error", self.error), ("count", self.is_text))
        return " ".join(f"{self.id}_{name}" for name, present in parts if present)

    @property
    def is_many(self) -> bool:
        return self.question.kind is Kind.MANY

    @property
    def is_text(self) -> bool:
        return self.question.kind is Kind.TEXT


@dataclass(frozen=True)
class AnswerView:
    """One line of the check page; with a `box` its text is shown with marks. `hint` says what nobody chose in words."""

    label: str
    values: tuple[str, ...]
    is_list: bool
    box: Box | None
    hint: str


def fields(form: HearingForm, step: Step, faults: Mapping[str, str], *, focus: str = "") -> list[FieldView]:
    """The step's questions as they are shown; `faults` are the messages to show, `focus` a box that has the focus."""
    return [
        _field(form, question, faults.get(question.key, ""), has_focus=question.key == focus)
        for question in step.questions
    ]


def carried(form: HearingForm, *, shown: Step | None) -> list[tuple[str, str]]:
    """Names and values of the hidden inputs that carry every other step's answers, exactly as typed."""
    elsewhere = [question for question in QUESTIONS if shown is None or question not in shown.questions]
    return [(question.key, value) for question in elsewhere for value in form.typed(question) if value]


def answers(form: HearingForm, step: Step, boxes: Mapping[str, Box]) -> list[AnswerView]:
    """The step's valid answers in words; `boxes` are the texts that are shown with marks."""
    return [
        AnswerView(
            question.label,
            tuple(question.words(form.cleaned_data[question.key])),
            question.kind is Kind.MANY,
            boxes.get(question.key),
            MEANT if question.key in form.meant else "",
        )
        for question in step.questions
    ]


def _field(form: HearingForm, question: Question, error: str, *, has_focus: bool) -> FieldView:
    typed = form.typed(question)
    value = typed[-1] if typed else ""
    return FieldView(question, value, tuple(_options(question, typed)), error, has_focus)


def _options(question: Question, typed: list[str]) -> Iterable[OptionView]:
    if question.options is None:
        return
    choices = [(str(value), str(label)) for value, label in question.options.choices]
    if question.kind is Kind.ONE:
        choices.append(("", NO_ANSWER))  # chosen by nobody at first; it is how an answer is taken back
    for number, (value, label) in enumerate(choices):
        yield OptionView(f"id_{question.key}_{number}", value, label, value in typed)
