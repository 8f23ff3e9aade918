"""第9条: staff's form for an entry of the contact ledger, and 2-1: the warning where its note looks personal."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django import forms
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from intake.choices import ContactKind
from intake.forms import words
from intake.forms.desk import DeskForm
from intake.forms.fields import DayField, TextField
from intake.rules import contacts as rules
from intake.rules import text
from intake.services.notes import Finding

NOTE_LIMIT = 2000
_NOTE_SUPPORT = (
    "話した内容や約束を書きます。封をして保存し、個人情報を開ける人だけが読めます。"
    "従業員の方の氏名・診断名などは書かないでください。"
)
_COUNTING, _NOT_COUNTING = "最終接触日が進むもの", "最終接触日が変わらないもの"
# The tick of the warning, and the mark of the text that it is given for.
TICK, FOR = "not_personal", "not_personal_for"


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

    def __init__(
        self,
        data: QueryDict | None,
        *,
        submitted_on: date,
        as_of: date,
        screen: Callable[[str], list[Finding]],
    ) -> None:
        super().__init__("contact", _unticked(data) if data is not None else None)
        self.submitted_on, self.as_of, self.screen = submitted_on, as_of, screen
        self.initial = {"on": as_of}
        # What the calendar offers; the form says it in words.
        self.fields["on"].widget.attrs |= {"min": submitted_on.isoformat(), "max": as_of.isoformat()}
        self.findings: list[Finding] = []  # what looks personal in the note
        self.found: list[tuple[str, str]] = []  # the same in words: passage and reason

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

    def clean_note(self) -> str:
        """2-1: a warning, never a block: who has looked at it and ticks the box saves the same text."""
        note: str = self.cleaned_data["note"]
        self.findings = self.screen(note)
        self.found = [(note[each.start : each.end], each.reason) for each in self.findings]
        if self.findings and not self.is_ticked:
            found = words.looks_like(Counter(each.kind for each in self.findings))
            raise forms.ValidationError(
                f"メモに、{found}あります。従業員の方の情報なら、書き直してください。"
                "そうでなければ、メモの下にチェックを入れて、もう一度ボタンを押してください。"
            )
        return note

    @property
    def is_ticked(self) -> bool:
        return TICK in self.data

    @property
    def mark(self) -> str:
        """Which text the tick is for."""
        return str(self.data.get(FOR, ""))

    @property
    def note_word(self) -> str:
        """What stands before the message at the note: a warning is no error."""
        return "ご確認ください" if self.found else ""

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


def _unticked(data: QueryDict) -> QueryDict:
    """As it was sent, without a tick that was given for another text, and with the mark of this one."""
    data = data.copy()
    mark = _mark(data.get("note", ""))
    if not constant_time_compare(data.get(FOR, ""), mark):
        data.pop(TICK, None)
    data[FOR] = mark
    return data


def _mark(note: str) -> str:
    """Tells one text from another, and nothing of what it says; browsers change the line ends."""
    return salted_hmac("intake.note", text.unix_lines(note), algorithm="sha256").hexdigest()
