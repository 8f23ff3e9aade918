"""第9条 (法令対応等): staff's forms of legal holds: placing one, and putting off its review."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from retention import rules
from retention.services.holds import HoldBasis

_LONGEST_REASON = 1000


class _ReasonField(forms.CharField):
    """Free words; line ends become LF before the length is counted, as the browser counts them."""

    widget = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReviewForm(forms.Form):
    """When the hold is looked at again; `name` keeps the fields' ids apart from those of other forms."""

    use_required_attribute = False  # the page says what is missing, in words and all at once

    review_on = forms.DateField(
        label="見直す日",
        help_text="この日を過ぎても保留が続いていると、「今日の対応」に出ます。1年後まで選べます。",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        error_messages={
            "required": "見直す日を入力してください。",
            "invalid": "見直す日は、2026/7/1 のように、実際にある日付を入力してください。",
        },
    )

    def __init__(self, data: QueryDict | None, *, as_of: date, name: str = "prolong") -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        self.as_of = as_of

    def clean_review_on(self) -> date:
        """What the service would refuse, said beside its field."""
        review_on: date = self.cleaned_data["review_on"]
        if not self.as_of < review_on <= rules.latest_review(self.as_of):
            raise forms.ValidationError("見直す日は、明日から1年後までの日を入力してください。")
        return review_on


class PlaceForm(ReviewForm):
    """On which basis, why, and until when it is looked at again."""

    field_order = ("basis", "reason", "review_on")

    basis = forms.ChoiceField(
        label="根拠",
        choices=[("", "選んでください"), *HoldBasis.choices],
        error_messages={
            "required": "根拠を選んでください。",
            "invalid_choice": "根拠は、選択肢の中から選んでください。",
        },
    )
    reason = _ReasonField(
        label="理由",
        max_length=_LONGEST_REASON,
        help_text=(
            "どの法令や案件のためかを、必要なことだけ書いてください。氏名や相談の内容は書かず、社内の案件番号などで"
            f"指してください。封をして保存し、相談を消去すると読めなくなります。{_LONGEST_REASON:,}文字まで。"
        ),
        error_messages={
            "required": "理由を入力してください。",
            "max_length": f"理由は{_LONGEST_REASON:,}文字以内で入力してください。",
            "null_characters_not_allowed": "理由に使えない文字（制御文字）が含まれています。入力し直してください。",
        },
    )

    def __init__(self, data: QueryDict | None, *, as_of: date) -> None:
        super().__init__(data, as_of=as_of, name="place")
