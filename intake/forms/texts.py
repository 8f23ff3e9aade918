"""2-1: staff's forms beside free texts that look personal. None of them carries a text but what is typed by hand."""

import re

from django import forms
from django.http import QueryDict

from intake.choices import FREE_TEXTS
from intake.forms.desk import DeskForm
from intake.forms.fields import TextField
from intake.services.review import FIELDS, Place

CHANGED = "伏せ字にする箇所が変わりました。いまの内容を確かめて、選び直してください。"
OTHER_RULES = (
    "個人の情報を見つける規則が、このページを開いたあとに改められました。"
    "いまの印を確かめて、もう一度ボタンを押してください。"
)
_PLACE = re.compile(rf"({'|'.join(FIELDS)}):(\d{{1,6}}):(\d{{1,6}})")
_LABELS = {question.field: question.label for question in FREE_TEXTS}


class _PlacesField(forms.MultipleChoiceField):
    """Places as this page writes them; the service knows which of them there are."""

    def valid_value(self, value: str) -> bool:
        return bool(_PLACE.fullmatch(value))


class DecisionForm(DeskForm):
    """A decision on what the page showed, sent with the rules that found it."""

    @property
    def rules(self) -> str:
        return str(self.data.get("rules", ""))


class RedactForm(DecisionForm):
    """Which findings are masked for good."""

    places = _PlacesField(
        error_messages={
            "required": "伏せ字にする箇所を選んでください。どれも伏せなくてよいときは「問題なし」を押してください。",
            "invalid_choice": CHANGED,
        }
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__("redact", data)

    def _target(self, field: str) -> str:
        return self.name  # the page writes the boxes to tick

    def chosen(self) -> set[Place]:
        """What the valid form asks for."""
        found = (_PLACE.fullmatch(value) for value in self.cleaned_data["places"])
        return {Place(each[1], int(each[2]), int(each[3])) for each in found if each}

    def is_ticked(self, value: str) -> bool:
        """All are, on a page that is shown for the first time."""
        return not self.is_bound or value in self["places"].data


class MaskForm(DeskForm):
    """A passage of one box, as it stands there; white space around it, which copying adds, is left out."""

    passage = TextField(
        "伏せ字にする箇所",
        limit=2000,
        required=True,
        help_text="上の文から、そのまま写してください。この欄にある同じ文字は、すべて「■■」になります。",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "伏せ字にする箇所を入力してください。"},
    )

    def __init__(self, data: QueryDict | None, *, field: str) -> None:
        super().__init__(f"mask_{field}", data)
        self.field = field

    @property
    def label(self) -> str:
        return _LABELS[self.field]

    def clean_passage(self) -> str:
        passage: str = self.cleaned_data["passage"]
        if not passage.strip():
            raise forms.ValidationError(self.fields["passage"].error_messages["required"])
        return passage.strip()
