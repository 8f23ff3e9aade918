"""2-1: what the screen found, in words for who has to decide."""

from collections.abc import Mapping

from intake.services.notes import Kind


def looks_like(counts: Mapping[Kind, int]) -> str:
    """「氏名のように見える箇所が2つ、電話番号のように見える箇所が1つ」, in the order of what tells most."""
    found = ((kind, counts[kind]) for kind in Kind if kind in counts)
    return "、".join(f"{kind.label}のように見える箇所が{pieces(count)}" for kind, count in found)


def pieces(count: int) -> str:
    """一つ to 九つ, and か所 from ten on."""
    return f"{count}つ" if count < 10 else f"{count}か所"
