"""2-1: staff's forms on the page of one consultation. Each is sent with the version that the page showed."""

from datetime import date
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundWidget
from django.http import QueryDict

from intake.choices import ContactKind, VoidReason
from intake.forms.fields import DayField, EmailField, TextField
from intake.rules import contacts as rules

NOTE_LIMIT = 2000
_NOTE_SUPPORT = (
    "話した内容や約束を書きます。封をして保存し、個人情報を開ける人だけが読めます。"
    "従業員の方の氏名・診断名などは書かないでください。"
)
_COUNTING, _NOT_COUNTING = "最終接触日が進むもの", "最終接触日が変わらないもの"


class DeskForm(forms.Form):
    """One of the forms; `name` is its section's id, and keeps the ids of several on one page apart."""

    use_required_attribute = False  # the page says what is missing, in words and all at once

    def __init__(self, name: str, data: QueryDict | None) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        self.name = name

    @property
    def seen(self) -> int:
        """The version that the page showed; 0, which no record has, where it is missing or no number."""
        typed = self.data.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The messages, each with the id of what it is about: of a group of buttons the first, else the section."""
        return [
            (self._target(field), str(error)) for field, errors in self.errors.items() for error in errors
        ]

    def _target(self, field: str) -> str:
        if field not in self.fields:
            return self.name
        return self[field].id_for_label or self[field].subwidgets[0].id_for_label


class ContactForm(DeskForm):
    """A contact that there was: which, when, and what was said."""

    kind = forms.ChoiceField(
        label="種類",
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "やり取りの種類を選んでください。",
            "invalid_choice": "やり取りの種類は、選択肢の中から選んでください。",
        },
    )
    on = DayField("日付", required=True)
    note = TextField(
        "メモ",
        limit=NOTE_LIMIT,
        help_text=_NOTE_SUPPORT,
        widget=forms.Textarea(
            attrs={"rows": 5, "data-limit": NOTE_LIMIT, "data-count-for": "contact_note_count"}
        ),
    )

    def __init__(self, data: QueryDict | None, *, submitted_on: date, as_of: date) -> None:
        super().__init__("contact", data)
        self.submitted_on, self.as_of = submitted_on, as_of
        self.initial = {"on": as_of}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        try:
            rules.check_day(on, submitted_on=self.submitted_on, today=self.as_of)
        except rules.DateRefused:
            first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (self.submitted_on, self.as_of))
            raise forms.ValidationError(
                f"日付は、受付日（{first}）から今日（{last}）までのあいだで入力してください。"
            ) from None
        return on

    @property
    def note_limit(self) -> int:
        return NOTE_LIMIT

    @property
    def groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """The buttons under words that say whether they set the clock of 第9条."""
        buttons = self["kind"].subwidgets
        counting = [button for button in buttons if button.data["value"] in rules.COUNTING]
        return [
            (_COUNTING, counting),
            (_NOT_COUNTING, [button for button in buttons if button not in counting]),
        ]


class VoidForm(DeskForm):
    """Why an entry of the ledger was a mistake."""

    reason = forms.ChoiceField(
        label="取り消す理由",
        choices=[("", "選んでください"), *VoidReason.choices],
        error_messages={
            "required": "取り消す理由を選んでください。",
            "invalid_choice": "取り消す理由は、選択肢の中から選んでください。",
        },
    )

    def __init__(self, data: QueryDict | None, *, contact_id: UUID) -> None:
        super().__init__(f"void_{contact_id}", data)


class BounceForm(DeskForm):
    """Nothing but the version: a mail came back."""

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__("bounce", data)


class AddressForm(DeskForm):
    """The right address, as the hearing form would take it."""

    email = EmailField(
        "メールアドレス",
        limit=254,
        required=True,
        help_text="例: name@example.jp",
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__("address", data)
