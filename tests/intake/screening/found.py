"""What the screen finds, written as a reader writes it down."""

from intake.screening import Kind, screen


def found(text: str, *, company: str = "", name: str = "") -> list[tuple[str, Kind]]:
    """The passages with their kinds, in order."""
    return [(text[each.start : each.end], each.kind) for each in screen(text, company=company, name=name)]


def passages(text: str, kind: Kind) -> list[str]:
    """The passages of one kind."""
    return [passage for passage, each in found(text) if each is kind]
