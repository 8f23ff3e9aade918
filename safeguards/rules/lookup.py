"""第6条: equality search without clear text — a keyed HMAC of a normalised value."""

import hashlib
import hmac
import unicodedata


def normalise(value: str) -> str:
    """NFKC, lower case, no white space, no invisible characters: one address, however it was typed or pasted."""
    normal = "".join(unicodedata.normalize("NFKC", value).lower().split())
    return "".join(character for character in normal if unicodedata.category(character) != "Cf")


def digest(kind: str, value: str, *, key: bytes) -> bytes:
    """HMAC-SHA256 of the normalised value; the kind keeps equal values of two tables apart."""
    return hmac.digest(key, f"casetra lookup v1|{kind}|{normalise(value)}".encode(), hashlib.sha256)
