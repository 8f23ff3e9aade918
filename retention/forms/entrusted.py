"""第9条 (second point): staff's forms for customers' data: what the register says, and what became of the data."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from retention import rules
from retention.choices import DataKind, Settlement
from retention.forms.fields import Day, Line, RegisterForm, written
from retention.forms.words import refuse_persons
from retention.models import EntrustedData
from retention.services.entrusted import DayRefused, Entry, Settled

_BACKUP = "バックアップに残る期限"


class EntryForm(RegisterForm):
    """What the register says of one contract's data."""

    customer = Line("顧客名", limit=200, help_text="会社などの名前です。個人の名前は書かないでください。")
    contract = Line("契約番号など", limit=100, required=False)
    ended_on = Day(
        "契約の終了日", help_text="契約が続いているあいだは、空けておきます。終わる日が決まったら入力します。"
    )
    kinds = forms.MultipleChoiceField(
        label="データの種類",
        choices=DataKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "データの種類を、1つ以上選んでください。",
            "invalid_choice": "データの種類は、選択肢の中から選んでください。",
        },
    )
    kept_in = Line("保管場所", limit=200, help_text="例: 本番のデータベース、文書庫のA-3")
    backup_until = Day(_BACKUP, help_text="分かっているときに入力します。契約中は空けておきます。")

    def __init__(self, data: QueryDict | None, *, of: EntrustedData | None = None) -> None:
        initial = {name: getattr(of, name) for name in self.base_fields} if of else None
        super().__init__("entry", data, initial=initial)
        self.settled_on = of.settled_on if of else None

    def clean(self) -> dict[str, Any]:  # Any: as Django's
        cleaned = self.cleaned_data
        refuse_persons(
            self, ["customer"], hint="会社の名前なら「株式会社」などを付けると、そのまま登録できます。"
        )
        refuse_persons(self, ["contract", "kept_in"], company=cleaned.get("customer", ""))
        until, ended_on = cleaned.get("backup_until"), cleaned.get("ended_on")
        if until and "ended_on" in cleaned:
            try:
                rules.check_backup(until, ended_on=ended_on, settled_on=self.settled_on)
            except DayRefused:
                self.add_error("backup_until", _too_early(self.settled_on, ended_on))
        return cleaned

    @property
    def entry(self) -> Entry:
        """What the valid form says."""
        return Entry(**{name: self.cleaned_data[name] for name in self.base_fields})


class SettleForm(RegisterForm):
    """What became of the data, when, and by what it can be shown."""

    settlement = forms.ChoiceField(
        label="対応",
        choices=Settlement.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "返却したか、削除したかを選んでください。",
            "invalid_choice": "対応は、選択肢の中から選んでください。",
        },
    )
    on = Day("対応した日", required=True)
    evidence = Line(
        "証跡",
        limit=300,
        help_text="あとから確かめられるものを書きます。例: 削除証明書 第12号（文書庫のA-3）、作業記録の番号",
    )
    backup_until = Day(
        _BACKUP, help_text="バックアップからも消える日です。バックアップがなければ空けておきます。"
    )

    def __init__(self, data: QueryDict | None, *, of: EntrustedData, as_of: date) -> None:
        super().__init__("settle", data, initial={"backup_until": of.backup_until})
        self.of, self.as_of = of, as_of
        # What the calendar offers; the form says it in words.
        if of.ended_on:
            self.fields["on"].widget.attrs |= {"min": of.ended_on.isoformat(), "max": as_of.isoformat()}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        try:
            rules.check_settled(on, ended_on=self.of.ended_on or self.as_of, today=self.as_of)
        except DayRefused:
            first = written(self.of.ended_on or self.as_of)
            raise forms.ValidationError(
                f"対応した日は、契約の終了日（{first}）から今日（{written(self.as_of)}）までのあいだで入力してください。"
            ) from None
        return on

    def clean(self) -> dict[str, Any]:  # Any: as Django's
        cleaned = self.cleaned_data
        refuse_persons(self, ["evidence"], company=self.of.customer)
        until, on = cleaned.get("backup_until"), cleaned.get("on")
        if until and on:
            try:
                rules.check_backup(until, ended_on=self.of.ended_on, settled_on=on)
            except DayRefused:
                self.add_error("backup_until", _too_early(on, self.of.ended_on))
        return cleaned

    @property
    def settled(self) -> Settled:
        """What the valid form says."""
        cleaned = self.cleaned_data
        settlement = Settlement(cleaned["settlement"])
        return Settled(settlement, cleaned["on"], cleaned["evidence"], cleaned["backup_until"])


class ReopenForm(RegisterForm):
    """Nothing but the version: the settlement was a mistake."""

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__("reopen", data)


def _too_early(settled_on: date | None, ended_on: date | None) -> str:
    if settled_on is None and ended_on is None:
        return (
            f"契約の終了日が決まるまでは、{_BACKUP}を空けておいてください。"
            "契約中は、新しいバックアップが作られ続けます。"
        )
    last = f"対応した日（{written(settled_on)}）" if settled_on else "契約の終了日"
    return f"{_BACKUP}は、{last}か、それより後の日にしてください。その日までのデータが残るためです。"
