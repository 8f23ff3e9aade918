"""2-1: typed text as fields: kept as typed, with messages that name what is asked."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.validators import EmailValidator

from intake.rules import text

NOT_AN_ADDRESS = "メールアドレスの形を確かめてください。例: name@example.jp"
NOT_A_DAY = "{}は、2026/7/1 のように、実際にある日付を入力してください。"

_IS_ADDRESS = EmailValidator(NOT_AN_ADDRESS, allowlist=[])  # without an allowlist, localhost would pass
_DAY_SIGNS = str.maketrans("年月/.", "----", "日")


class LineField(forms.CharField):
    """One line, kept as typed but for white space around it: names and company names are never normalised."""

    def __init__(self, label: str, *, limit: int | None, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, required=required, strip=True, **options)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value))  # never None: an empty CharField is ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        self.refuse_controls(value, lines=False)
        self.refuse_length(value)

    def refuse_controls(self, value: str, *, lines: bool) -> None:
        if text.has_forbidden_characters(value, lines=lines):
            raise forms.ValidationError(
                f"{self.label}に、使えない文字（制御文字）が含まれています。入力し直してください。"
            )

    def refuse_length(self, value: str) -> None:
        if self.limit is not None and len(value) > self.limit:
            raise forms.ValidationError(
                f"{self.label}は{self.limit:,}文字以内で入力してください（いま{len(value):,}文字です）。"
            )

    def run_validators(self, value: Any) -> None:
        """Nothing beyond `validate`: Django's own NUL message would name no field."""


class TextField(LineField):
    """Several lines, kept as typed, indents included; line ends become LF before the length is counted."""

    widget = forms.Textarea

    def __init__(self, label: str, *, limit: int | None, required: bool = False, **options: Any) -> None:
        super().__init__(label, limit=limit, required=required, **options)
        self.strip = False

    def to_python(self, value: Any) -> str:
        typed = text.unix_lines(super().to_python(value))
        return typed if typed.strip() else ""

    def validate(self, value: Any) -> None:
        self.refuse_controls(value, lines=True)
        self.refuse_length(value)


class EmailField(LineField):
    """An address; full-width letters, ＠ and stray spaces are understood."""

    def __init__(self, label: str, *, limit: int | None, required: bool = False, **options: Any) -> None:
        super().__init__(label, limit=limit, required=required, **options)
        self.error_messages["required"] = "メールアドレスを入力してください。"

    def to_python(self, value: Any) -> str:
        return text.email_address(super().to_python(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        # An address literal, or one that mail programs would decode into another: no prospect means either.
        if value.endswith("]") or text.is_encoded(value):
            raise forms.ValidationError(NOT_AN_ADDRESS)
        _IS_ADDRESS(value)


class DayField(forms.DateField):
    """A day as browsers send it and as people type it: 2026-07-01, 2026/7/1, 2026年7月1日, full-width digits too."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, label: str, *, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, required=required, input_formats=["%Y-%m-%d"], **options)
        self.error_messages["invalid"] = NOT_A_DAY.format(label)
        self.error_messages["required"] = f"{label}を入力してください。"

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = "".join(unicodedata.normalize("NFKC", value).split()).translate(_DAY_SIGNS)
        return super().to_python(value)
