"""2-1: staff's forms beside the list: the exact address to look for, and what to export."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from intake.choices import STATUS_OR_UNFINISHED
from intake.forms.fields import DayField, EmailField
from intake.services.export import Scope
from intake.services.selection import Period

PLAIN, PERSONAL = "plain", "personal"
_YEARS = range(2000, 2100)


class SearchForm(forms.Form):
    """A whole address, understood as the hearing form understands it."""

    use_required_attribute = False  # the page says what is missing, in words

    email = EmailField(
        "メールアドレス",
        limit=254,
        required=True,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 40}),
    )


class ExportForm(forms.Form):
    """Which consultations, and whether with personal data: that is asked of those alone who may have it."""

    use_required_attribute = False

    received_from = DayField("受付日（この日から）")
    received_to = DayField("受付日（この日まで）")
    status = forms.ChoiceField(
        label="状態",
        required=False,
        choices=(("", "すべて"), *STATUS_OR_UNFINISHED),
        error_messages={"invalid_choice": "状態は、選択肢の中から選んでください。"},
    )
    contents = forms.ChoiceField(
        label="書き出す内容",
        choices=(
            (PLAIN, "個人情報なし（会社名と選択式の回答、対応の状況）"),
            (PERSONAL, "個人情報あり（氏名・役職・メールアドレス・自由記載を含むすべての回答）"),
        ),
        initial=PLAIN,
        widget=forms.RadioSelect,
        error_messages={
            "required": "書き出す内容を選んでください。",
            "invalid_choice": "書き出す内容は、選択肢の中から選んでください。",
        },
    )
    confirmed = forms.BooleanField(
        label="個人情報を含むファイルになることを理解しました。必要な仕事だけに使い、ほかの人に渡さず、使い終えたら消します。",
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, may_have_personal: bool) -> None:
        super().__init__(data, label_suffix="")
        if not may_have_personal:
            del self.fields["contents"], self.fields["confirmed"]

    def clean_received_from(self) -> date | None:
        return _in_our_time(self.cleaned_data["received_from"])

    def clean_received_to(self) -> date | None:
        return _in_our_time(self.cleaned_data["received_to"])

    def clean(self) -> dict[str, Any]:  # Any: as Django's
        cleaned = self.cleaned_data
        first, last = cleaned.get("received_from"), cleaned.get("received_to")
        if first and last and first > last:
            self.add_error("received_to", "受付日の終わりは、始まりと同じ日か、その後の日にしてください。")
        if self.wants_personal and not cleaned.get("confirmed"):
            self.add_error("confirmed", "個人情報を書き出すときは、取扱いの確認にチェックを入れてください。")
        return cleaned

    @property
    def wants_personal(self) -> bool:
        return self.cleaned_data.get("contents") == PERSONAL

    @property
    def scope(self) -> Scope:
        """What the valid form selects."""
        cleaned = self.cleaned_data
        return Scope(Period(cleaned["received_from"], cleaned["received_to"]), cleaned["status"])


def _in_our_time(day: date | None) -> date | None:
    if day and day.year not in _YEARS:
        raise forms.ValidationError(
            f"受付日は、{_YEARS[0]}年から{_YEARS[-1]}年までの日付を入力してください。"
        )
    return day
