"""2-1: the shape of the hearing form and its messages. Nothing is stored here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from intake.choices import QUESTIONS, Kind, Question, Step
from intake.forms.fields import EmailField, LineField, TextField
from intake.rules.answers import Answers

NOT_A_CHOICE = "{}は、選択肢の中から選んでください。"
OTHER = "other"


class _OneField(forms.ChoiceField):
    """One of the options, or none."""

    def __init__(self, question: Question) -> None:
        assert question.options is not None  # noqa: S101 - the table in choices gives every choice its options
        super().__init__(required=False, choices=[("", ""), *question.options.choices])
        self.error_messages["invalid_choice"] = NOT_A_CHOICE.format(question.label)


class _ManyField(forms.MultipleChoiceField):
    """Any of the options, each once, in the order of the list."""

    def __init__(self, question: Question) -> None:
        assert question.options is not None  # noqa: S101 - as above
        super().__init__(required=False, choices=question.options.choices)
        self.values = question.options.values
        self.error_messages["invalid_choice"] = NOT_A_CHOICE.format(question.label)

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [option for option in self.values if option in chosen]


def _typed(field: type[LineField]) -> Callable[[Question], forms.Field]:
    return lambda question: field(question.label, limit=question.limit, required=question.required)


_BY_KIND: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.ONE: _OneField,
    Kind.MANY: _ManyField,
    Kind.LINE: _typed(LineField),
    Kind.TEXT: _typed(TextField),
    Kind.EMAIL: _typed(EmailField),
}

# Made once: nothing in them belongs to one request, and making 22 fields costs as much as storing a record.
_FIELDS = {question.key: _BY_KIND[question.kind](question) for question in QUESTIONS}


class HearingForm(forms.Form):
    """The whole form; its input names are the policy's keys, in the policy's order."""

    def __init__(self, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields = dict(_FIELDS)
        self.meant: set[str] = set()  # the questions whose 「その他」 has a text and no tick

    def clean(self) -> dict[str, Any]:
        """A text beside 「その他」 says that the box was meant, ticked or not; a box without a text is fine."""
        cleaned = self.cleaned_data
        for key, text_key in (("caseTypes", "caseTypesOther"), ("painPoints", "painPointsOther")):
            if cleaned.get(text_key) and OTHER not in cleaned.get(key, [OTHER]):
                cleaned[key] = [*cleaned[key], OTHER]
                self.meant.add(key)
        return cleaned

    def answers(self) -> Answers:
        """The valid answers as plain values."""
        cleaned = {question.field: self.cleaned_data[question.key] for question in QUESTIONS}
        values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in cleaned.items()}
        return Answers(**values)

    def typed(self, question: Question) -> list[str]:
        """What was sent for the question, as it was sent: one value, but for a list of choices."""
        if not isinstance(self.data, MultiValueDict):
            return []
        values = [str(value) for value in self.data.getlist(question.key)]
        return values if question.kind is Kind.MANY else values[-1:]

    def faults(self, step: Step) -> dict[str, str]:
        """The step's messages by key, in the order of its questions."""
        return {q.key: str(self.errors[q.key][0]) for q in step.questions if q.key in self.errors}
