"""2-1: the shape of the hearing form and its messages. Nothing is stored here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.datastructures import MultiValueDict

from intake.choices import QUESTIONS, Kind, Question, Step
from intake.rules import text
from intake.rules.answers import Answers

NOT_A_CHOICE = "{}は、選択肢の中から選んでください。"
NOT_AN_ADDRESS = "メールアドレスの形を確かめてください。例: name@example.jp"
OTHER = "other"

_IS_ADDRESS = EmailValidator(NOT_AN_ADDRESS, allowlist=[])  # without an allowlist, localhost would pass


class _LineField(forms.CharField):
    """One line, kept as typed but for white space around it: names and company names are never normalised."""

    def __init__(self, question: Question) -> None:
        super().__init__(required=question.required, strip=True)
        self.question = question

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value))  # never None: an empty CharField is ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        self.refuse_controls(value, lines=False)
        self.refuse_length(value)

    def refuse_controls(self, value: str, *, lines: bool) -> None:
        if text.has_forbidden_characters(value, lines=lines):
            raise forms.ValidationError(
                f"{self.question.label}に、使えない文字（制御文字）が含まれています。入力し直してください。"
            )

    def refuse_length(self, value: str) -> None:
        limit = self.question.limit
        if limit is not None and len(value) > limit:
            raise forms.ValidationError(
                f"{self.question.label}は{limit:,}文字以内で入力してください（いま{len(value):,}文字です）。"
            )

    def run_validators(self, value: Any) -> None:
        """Nothing beyond `validate`: Django's own NUL message would name no field."""


class _TextField(_LineField):
    """Several lines, kept as typed, indents included; line ends become LF before the length is counted."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.strip = False

    def to_python(self, value: Any) -> str:
        typed = text.unix_lines(super().to_python(value))
        return typed if typed.strip() else ""

    def validate(self, value: Any) -> None:
        self.refuse_controls(value, lines=True)
        self.refuse_length(value)


class _EmailField(_LineField):
    """An address; full-width letters, ＠ and stray spaces are understood."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.error_messages["required"] = "メールアドレスを入力してください。"

    def to_python(self, value: Any) -> str:
        return text.email_address(super().to_python(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        # An address literal, or one that mail programs would decode into another: no prospect means either.
        if value.endswith("]") or text.is_encoded(value):
            raise forms.ValidationError(NOT_AN_ADDRESS)
        _IS_ADDRESS(value)


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


_BY_KIND: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.ONE: _OneField,
    Kind.MANY: _ManyField,
    Kind.LINE: _LineField,
    Kind.TEXT: _TextField,
    Kind.EMAIL: _EmailField,
}

# Made once: nothing in them belongs to one request, and making 22 fields costs as much as storing a record.
_FIELDS = {question.key: _BY_KIND[question.kind](question) for question in QUESTIONS}


class HearingForm(forms.Form):
    """The whole form; its input names are the policy's keys, in the policy's order."""

    def __init__(self, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields = dict(_FIELDS)

    def clean(self) -> dict[str, Any]:
        """A text beside 「その他」 says that the box was meant, ticked or not; a box without a text is fine."""
        cleaned = self.cleaned_data
        for key, text_key in (("caseTypes", "caseTypesOther"), ("painPoints", "painPointsOther")):
            if cleaned.get(text_key) and OTHER not in cleaned.get(key, [OTHER]):
                cleaned[key] = [*cleaned[key], OTHER]
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
