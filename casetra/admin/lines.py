"""What the home of staff's admin is made of: lines that count, groups of them, and notices."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from intake.services import today
from intake.services.today import Count


@dataclass(frozen=True)
class Line:
    """One cause: how many, where they are listed, why it matters; `presses` when somebody is waiting already."""

    label: str
    count: Count
    url: str
    why: str
    presses: bool = False

    @property
    def counted(self) -> str:
        return f"{self.count.number:,}件{'以上' if self.count.capped else ''}"


@dataclass(frozen=True)
class Group:
    """Lines that belong together, and what there is to say of them all."""

    title: str
    lines: list[Line]
    said: str = ""


@dataclass(frozen=True)
class Notice:
    """What is wrong with how the site is used."""

    title: str
    why: str


def counted(rows: "QuerySet[Any]") -> Count:
    """How many rows there are, as far as such counts go: any rows will do, in no order."""
    found = rows.order_by()[: today.LIMIT + 1].count()
    return Count(min(found, today.LIMIT), found > today.LIMIT)


def consultations(**parameters: object) -> str:
    """The address of the list of consultations that these filters leave."""
    return f"{reverse('admin:intake_consultation_changelist')}?{urlencode(parameters)}"
