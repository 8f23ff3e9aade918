"""第8条: staff's form for erasing one consultation by hand."""

from django import forms
from django.http import QueryDict

from intake.forms.desk import DeskForm
from intake.rules import reference
from intake.services.erasure import ErasureBasis


class EraseForm(DeskForm):
    """Why, and the reference typed in full: nobody erases another one by a slip."""

    basis = forms.ChoiceField(
        label="消去する理由",
        # Not the end of the period: that is the purge's, which looks at the period.
        choices=[
            ("", "選んでください"),
            *((basis.value, basis.label) for basis in (ErasureBasis.REQUEST, ErasureBasis.UNWANTED)),
        ],
        error_messages={
            "required": "消去する理由を選んでください。",
            "invalid_choice": "消去する理由は、選択肢の中から選んでください。",
        },
    )
    typed = forms.CharField(
        label="受付番号",
        max_length=50,
        help_text="確認のため、上に出ている番号を入力してください。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "受付番号を入力してください。"},
    )

    def __init__(self, data: QueryDict | None, *, of: str) -> None:
        super().__init__("erasure", data)
        self.of = of

    def clean_typed(self) -> str:
        if reference.parse(self.cleaned_data["typed"]) != self.of:
            raise forms.ValidationError(
                "この相談の受付番号ではありません。上の番号と同じかを確かめてください。"
            )
        return self.of
