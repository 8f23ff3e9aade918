"""2-1: staff's form for status, assignee and next action, and how it outlives a colleague's change."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from intake.choices import Status
from intake.forms.desk import DeskForm
from intake.forms.fields import DayField
from intake.models import Consultation
from intake.services import triage
from intake.services.triage import State

NOT_A_STATUS = "状態は、選択肢の中から選んでください。"
MINE = "mine"  # the name of the button 「自分を担当者にして保存する」


class StateForm(DeskForm):
    """Hidden beside each field stands what the page showed: by that a field that nobody touched is known."""

    status = forms.ChoiceField(
        label="状態",
        choices=Status.choices,
        show_hidden_initial=True,
        error_messages={"required": NOT_A_STATUS, "invalid_choice": NOT_A_STATUS},
    )
    assignee = forms.ChoiceField(
        label="担当者",
        required=False,
        show_hidden_initial=True,
        error_messages={"invalid_choice": "担当者は、選択肢の中から選んでください。"},
    )
    next_action_on = DayField(
        "次の対応日",
        help_text="成約・見送り・連絡不能・取下げにすると、次の対応日は消えます。",
        show_hidden_initial=True,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        consultation: Consultation,
        assignable: Sequence[User],
        user: User,
        as_of: date,
    ) -> None:
        if data is not None and MINE in data:
            data = data.copy()
            data["assignee"] = str(user.pk)
        super().__init__("state", data)
        self.consultation, self.assignable, self.user, self.as_of = consultation, assignable, user, as_of
        # Who has left stays selectable where they are assigned: nobody is taken off unasked.
        assigned = [consultation.assignee] if consultation.assignee else []
        self.people = {str(each.pk): each for each in (*assignable, *assigned)}
        self.may_be_mine = user in assignable and user not in assigned
        self.initial = {
            "status": consultation.status,
            "assignee": str(consultation.assignee_id or ""),
            "next_action_on": consultation.next_action_on,
        }
        self._offer()

    def _offer(self) -> None:
        """The select offers what may follow; the field knows every status, so that a refusal can name it."""
        status, assignee = self.fields["status"], self.fields["assignee"]
        following = triage.next_of(self.consultation)
        status.widget.choices = [(each.value, each.label) for each in following]
        named = [(pk, triage.name_of(person)) for pk, person in self.people.items()]
        assignee.choices = [("", "なし"), *named]  # type: ignore[attr-defined]

    def clean_status(self) -> Status:
        wanted, present = Status(self.cleaned_data["status"]), Status(self.consultation.status)
        if wanted not in triage.next_of(self.consultation):
            raise forms.ValidationError(
                f"状態を「{present.label}」から「{wanted.label}」へは変えられません。"
            )
        return wanted

    def clean_next_action_on(self) -> date | None:
        """A day that has passed may stay, but nobody plans for one."""
        day: date | None = self.cleaned_data["next_action_on"]
        if day and day < self.as_of and day != self.consultation.next_action_on:
            raise forms.ValidationError("次の対応日には、今日以降の日付を入力してください。")
        return day

    def state(self) -> State:
        """What the valid form asks for."""
        cleaned = self.cleaned_data
        return State(cleaned["status"], self.people.get(cleaned["assignee"]), cleaned["next_action_on"])

    def on(self, consultation: Consultation) -> "StateForm":
        """What was typed, on the consultation as a colleague left it: fields that nobody touched follow that."""
        now = self._like(None, consultation)
        data = QueryDict(mutable=True)
        for name in self.fields:
            shown = str(now.initial[name] or "")
            data[self.add_initial_prefix(name)] = shown
            data[name] = self.data.get(name, "") if name in self.changed_data else shown
        form = self._like(data, consultation)
        if "status" in form.errors:
            # What may not follow any more is told, and not offered: a select without a choice shows its first.
            data["status"] = consultation.status
        return form

    def _like(self, data: QueryDict | None, consultation: Consultation) -> "StateForm":
        return StateForm(
            data, consultation=consultation, assignable=self.assignable, user=self.user, as_of=self.as_of
        )
