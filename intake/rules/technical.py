"""2-3: what a submission keeps of its connection."""

from dataclasses import dataclass

from intake.rules import text

_LONGEST_AGENT = 300


@dataclass(frozen=True)
class Technical:
    """Address and browser that a form was sent from, for defence against abuse alone."""

    address: str = ""
    user_agent: str = ""


def of(address: str, user_agent: str) -> Technical | None:
    """What is worth keeping, or None; a browser's name is cut, and its control characters are dropped."""
    name = "".join(c for c in user_agent if not text.has_forbidden_characters(c, lines=False))
    return Technical(address, name[:_LONGEST_AGENT]) if address or name else None
