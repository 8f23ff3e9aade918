"""2-1: the reference number — digits only, in two groups, with a check digit, easy to say on the telephone."""

import re
import unicodedata

RANGE = 1_000_000_000  # nine random digits; the tenth is the check digit

# Damm's quasigroup of order 10: finds every single wrong digit and every swap of two neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def from_number(number: int) -> str:
    """The reference of a number below RANGE, such as `C-12345-67894`."""
    digits = f"{number:09d}"
    digits += str(_interim(digits))
    return f"C-{digits[:5]}-{digits[5:]}"


def parse(text: str) -> str | None:
    """The reference that was meant, written or spoken in any usual way; None when a digit must be wrong."""
    plain = _plain(text).removeprefix("C")
    if not re.fullmatch(r"[0-9]{10}", plain) or _interim(plain) != 0:
        return None
    return f"C-{plain[:5]}-{plain[5:]}"


def is_meant(text: str) -> bool:
    """Whether somebody tried to write a reference: more digits than a company is named by, and nothing else."""
    return bool(re.fullmatch(r"C?[0-9]{7,}", _plain(text)))


def _plain(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015\u2212\u30fc]", "", unicodedata.normalize("NFKC", text)).upper()


def _interim(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim
