"""The Dockerfile as a list of instructions."""

from pathlib import Path

from django.conf import settings


def parse(text: str) -> list[tuple[str, str]]:
    """(instruction, its words) in order; comments dropped, continued lines joined."""
    joined = "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    pairs = (line.split(maxsplit=1) for line in joined.replace("\\\n", " ").splitlines())
    return [(name.upper(), words.strip()) for name, words in pairs]


INSTRUCTIONS = parse((Path(settings.BASE_DIR) / "Dockerfile").read_text())
