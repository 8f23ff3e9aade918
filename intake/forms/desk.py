"""2-1: staff's forms on the page of one consultation. Each is sent with the version that the page showed."""

from uuid import UUID

from django import forms
from django.http import QueryDict

from intake.choices import VoidReason
from intake.forms.fields import EmailField


class DeskForm(forms.Form):
    """One of the forms, some of which send nothing but the version; `name` is its section's id, and keeps the ids
    of several on one page apart."""

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


class VoidForm(DeskForm):
    """Why an entry of the ledger was a mistake."""

    reason = forms.ChoiceField(
        label="取り消す理由",
        choices=[("", "選んでください"), *VoidReason.choices],
        help_text=(
            f"「{VoidReason.OTHER_CONSULTATION.label}」か「{VoidReason.NOTE.label}」を選ぶと、メモは消え、"
            "元に戻せません。"
        ),
        error_messages={
            "required": "取り消す理由を選んでください。",
            "invalid_choice": "取り消す理由は、選択肢の中から選んでください。",
        },
    )

    def __init__(self, data: QueryDict | None, *, contact_id: UUID) -> None:
        super().__init__(f"void_{contact_id}", data)


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
