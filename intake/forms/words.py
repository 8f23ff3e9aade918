"""2-1: what the screen found, in words for who has to decide: the one manner of counting it, for public and staff."""

from collections.abc import Mapping

from intake.services.notes import Kind


def counted(counts: Mapping[Kind, int]) -> list[str]:
    """「氏名のように見える箇所が2つ」 for each kind, in the order of what tells most."""
    return [f"{kind.label}のように見える箇所が{pieces(counts[kind])}" for kind in Kind if kind in counts]


def looks_like(counts: Mapping[Kind, int]) -> str:
    """The same in one sentence."""
    return "、".join(counted(counts))


def pieces(count: int) -> str:
    """How many 箇所 there are: 一つ to 九つ, and か所 from ten on."""
    return f"{count}つ" if count < 10 else f"{count}か所"
