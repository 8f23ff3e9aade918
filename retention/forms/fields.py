"""第9条: words and days as staff type them into a register, and forms that know which version a page showed."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_DAY_SIGNS = str.maketrans("年月/.", "----", "日")
_YEARS = range(2000, 2100)


class RegisterForm(forms.Form):
    """One form of a page; `name` is its section's id and keeps the ids of several on one page apart."""

    use_required_attribute = False  # the page says what is missing, in words and all at once

    def __init__(self, name: str, data: QueryDict | None, **options: Any) -> None:
        super().__init__(data, auto_id=f"{name}_%s", **options)
        self.name = name

    @property
    def seen(self) -> int:
        """The version that the page showed; 0, which no row has, where it is missing or no number."""
        typed = self.data.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The messages, each with the id of what it is about."""
        return [
            (self._target(field), str(error)) for field, errors in self.errors.items() for error in errors
        ]

    def refuse(self, field: str, said: str) -> None:
        """Put what a service refuses beside its field, or on top of the form where it has none of that name."""
        self.add_error(field if field in self.fields else None, said)

    def _target(self, field: str) -> str:
        if field not in self.fields:
            return self.name
        return self[field].id_for_label or self[field].subwidgets[0].id_for_label


class Line(forms.CharField):
    """One line, kept as typed but for white space around it."""

    def __init__(self, label: str, *, limit: int, required: bool = True, **options: Any) -> None:
        super().__init__(label=label, required=required, **options)
        self.limit = limit
        self.error_messages["required"] = f"{label}を入力してください。"

    def validate(self, value: Any) -> None:
        super().validate(value)
        if _CONTROLS.search(value):
            raise forms.ValidationError(
                f"{self.label}に、使えない文字（制御文字）が含まれています。入力し直してください。"
            )
        if len(value) > self.limit:
            raise forms.ValidationError(
                f"{self.label}は{self.limit}文字以内で入力してください（いま{len(value)}文字です）。"
            )

    def run_validators(self, value: Any) -> None:
        """Nothing beyond `validate`: Django's own NUL message would name no field."""


class Day(forms.DateField):
    """A day as browsers send it and as people type it: 2026-07-01, 2026/7/1, 2026年7月1日, full-width digits too."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, label: str, *, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, required=required, input_formats=["%Y-%m-%d"], **options)
        self.error_messages["required"] = f"{label}を入力してください。"
        self.error_messages["invalid"] = f"{label}は、2026/7/1 のように、実際にある日付を入力してください。"

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = "".join(unicodedata.normalize("NFKC", value).split()).translate(_DAY_SIGNS)
        day = super().to_python(value)
        if day and day.year not in _YEARS:
            raise forms.ValidationError(
                f"{self.label}は、{_YEARS[0]}年から{_YEARS[-1]}年までの日付を入力してください。"
            )
        return day


def written(day: date) -> str:
    """A day in words."""
    return f"{day.year}年{day.month}月{day.day}日"
