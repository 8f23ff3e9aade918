"""第9条: staff's forms for places outside: the register's, and the boxes of the checklist."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from retention.forms.fields import Line, RegisterForm
from retention.forms.words import refuse_persons
from retention.models import Place
from retention.services.checking import Tick
from retention.services.places import Entry

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_BOX = re.compile(rf"({_UUID}):({_UUID})")
TICK, WAS = "tick", "was"


class PlaceForm(RegisterForm):
    """A place, and what staff do there."""

    place_name = Line("場所", limit=50, help_text="例: 共有フォルダー。個人の名前は書かないでください。")
    what_to_do = Line("すること", limit=200, help_text="確かめる方に見える、1文の案内です。")
    in_use = forms.BooleanField(label="確認に使う", required=False)

    def __init__(self, data: QueryDict | None, *, of: Place | None = None) -> None:
        initial = (
            {"place_name": of.name, "what_to_do": of.what_to_do, "in_use": of.in_use}
            if of
            else {"in_use": True}
        )
        super().__init__("place", data, initial=initial)

    def clean(self) -> dict[str, Any]:  # Any: as Django's
        refuse_persons(self, ["place_name", "what_to_do"])
        return self.cleaned_data

    @property
    def entry(self) -> Entry:
        """What the valid form says."""
        return Entry(
            self.cleaned_data["place_name"], self.cleaned_data["what_to_do"], self.cleaned_data["in_use"]
        )


def value(tick: Tick) -> str:
    """A box of the checklist as the page writes it; `boxes` reads it."""
    return f"{tick.record_id}:{tick.place_id}"


def boxes(data: QueryDict, name: str) -> set[Tick]:
    """Those that were sent by a name. BadRequest for what no page of ours sends."""
    found = [_BOX.fullmatch(each) for each in data.getlist(name)]
    if not all(found):
        raise BadRequest("a box of the checklist is not as the page writes it")
    return {Tick(UUID(each[1]), UUID(each[2])) for each in found if each}
