"""第6条 (アクセス制御): one-time codes by time, RFC 6238 as every authenticator app speaks it."""

import base64
import hashlib
import hmac
import struct
import unicodedata
from datetime import datetime
from urllib.parse import quote, urlencode

ISSUER = "Casetra"
SECRET_BYTES = 20  # RFC 4226 wants at least 16 and recommends 20
STEP_SECONDS, DIGITS = 30, 6
DRIFT = 1  # steps: a telephone's clock, and the time that typing takes


def secret(raw: bytes) -> str:
    """The secret as apps take it: base32 without padding."""
    return base64.b32encode(raw).decode().rstrip("=")


def grouped(text: str) -> str:
    """The secret in fours, for those who type it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def uri(secret: str, *, account: str) -> str:
    """What the QR code says. Apps show issuer and account."""
    return f"otpauth://totp/{ISSUER}:{quote(account)}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def step(at: datetime) -> int:
    """The number of the half minute that `at` lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def code(secret: str, *, step: int) -> str:
    """The code of this step."""
    digest = hmac.digest(_raw(secret), struct.pack(">Q", step), hashlib.sha1)
    offset = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def accepted_step(secret: str, typed: str, *, at: datetime, after: int | None) -> int | None:
    """The step whose code was typed, or None.

    Only steps later than `after`, the last one accepted: a code that somebody read over a shoulder or in
    between is used up.
    """
    plain, found = normalise(typed), None
    for candidate in range(step(at) - DRIFT, step(at) + DRIFT + 1):
        same = hmac.compare_digest(code(secret, step=candidate).encode(), plain.encode())
        if same and (after is None or candidate > after):
            found = candidate
    return found


def normalise(typed: str) -> str:
    """What was meant by what was typed or pasted: full-width digits, spaces and hyphens are fine."""
    text = unicodedata.normalize("NFKC", typed)
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum()).lower()


def _raw(secret: str) -> bytes:
    return base64.b32decode(secret + "=" * (-len(secret) % 8))
