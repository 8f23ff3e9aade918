"""「今日の対応」: what a line of it says, and how lines stand together."""

from dataclasses import dataclass

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
    """Lines that belong together."""

    title: str
    lines: list[Line]
