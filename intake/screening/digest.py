"""2-1: the screen's version — a digest of its rules and word lists, kept with every record it has read."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path


@cache
def rules_digest() -> str:
    """The version of these rules."""
    return digest_of(Path(__file__).parent)


def digest_of(folder: Path) -> str:
    """Sixteen hexadecimal digits that change with any rule, any word list and the dictionary's edition."""
    digest = sha256(f"{version('sudachipy')} {version('sudachidict-small')}".encode())
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.txt")]):
        name = file.relative_to(folder).as_posix()
        digest.update(name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
