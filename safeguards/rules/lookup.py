"""第6条: equality search without clear text — a keyed HMAC of a normalised value."""

import hashlib
import hmac
import unicodedata


def normalise(value: str) -> str:
    """NFKC, lower case, no white space: an address in full-width letters or capitals is the same address."""
    return "".join(unicodedata.normalize("NFKC", value).lower().split())


def digest(kind: str, value: str, *, key: bytes) -> bytes:
    """HMAC-SHA256 of the normalised value; the kind keeps equal values of two tables apart."""
    return hmac.digest(key, f"casetra lookup v1|{kind}|{normalise(value)}".encode(), hashlib.sha256)
