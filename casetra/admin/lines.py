"""What the home of staff's admin is made of: lines that count, groups of them, and notices."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

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


def consultations(**parameters: object) -> str:
    """The address of the list of consultations that these filters leave."""
    return f"{reverse('admin:intake_consultation_changelist')}?{urlencode(parameters)}"
