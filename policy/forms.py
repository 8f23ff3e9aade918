"""第10条: the choice of two editions to compare."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms

from policy.services import Edition

_UNKNOWN = "表にある版の中から選んでください。"


class ComparisonForm(forms.Form):
    """Two different editions; `cleaned_data["from"]` and `["to"]` are Editions, the older one first.

    The input names are `from` and `to`, which cannot be class attributes in Python.
    """

    def __init__(self, data: Mapping[str, object], editions: Sequence[Edition]) -> None:
        super().__init__(data)
        by_date = {edition.effective_on.isoformat(): edition for edition in reversed(editions)}
        choices = [(day, f"{_in_words(edition.effective_on)}の版") for day, edition in by_date.items()]
        for name, label in (("from", "もとの版"), ("to", "比べる版")):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=choices,
                coerce=by_date.__getitem__,
                error_messages={"required": _UNKNOWN, "invalid_choice": _UNKNOWN},
            )

    def clean(self) -> dict[str, Edition]:
        """Two of the same tell nothing; two in the wrong order are turned round."""
        chosen: dict[str, Edition] = super().clean() or {}
        if len(chosen) == 2:
            older, newer = sorted(chosen.values(), key=lambda edition: edition.effective_on)
            if older == newer:
                self.add_error("to", "「もとの版」とは別の版を選んでください。")
            return {"from": older, "to": newer}
        return chosen


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
