"""2-1: the screen's version — a digest of its rules and word lists, kept with every record it has read."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def rules_digest() -> str:
    """Sixteen hexadecimal digits that change with any rule, any word list and the dictionary's edition."""
    digest = sha256(f"{version('sudachipy')} {version('sudachidict-small')}".encode())
    for path, content in sorted(_contents(files(__package__), "")):
        digest.update(path.encode() + b"\0" + sha256(content).digest())
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, under: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        path = f"{under}/{entry.name}"
        if entry.is_dir():
            found += _contents(entry, path)
        elif entry.name.endswith((".py", ".txt")):
            found.append((path, entry.read_bytes()))
    return found
