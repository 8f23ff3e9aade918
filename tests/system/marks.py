"""Marks that stand for personal data, and the search for them in every dress they may wear."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

# Every mark holds both stems (an e-mail address only the first); neither stands anywhere else.
LATIN = "qzmarkzq"
KANJI = "龘目印龘"
_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def full_width(text: str) -> str:
    """ASCII as a Japanese keyboard types it without switching."""
    return text.translate(_FULL_WIDTH)


def traces(where: str | bytes) -> list[str]:
    """Which dresses of which stem stand in the text; empty when there is no trace of any mark."""
    haystack = where.encode() if isinstance(where, str) else where
    return [name for name, needle in _NEEDLES.items() if needle in haystack]


def _needles() -> Iterator[tuple[str, bytes]]:
    stems = {LATIN, LATIN.upper(), LATIN.title(), full_width(LATIN), full_width(LATIN.upper()), KANJI}
    for stem in sorted(stems):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp"):
            try:
                raw = stem.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield f"{stem} in {encoding}", raw
            yield f"{stem} in {encoding}, hex", raw.hex().encode()
            yield f"{stem} in {encoding}, HEX", raw.hex().upper().encode()
            for shift in range(3):
                yield f"{stem} in {encoding}, base64+{shift}", _base64(raw, shift)
                yield (
                    f"{stem} in {encoding}, base64url+{shift}",
                    _base64(raw, shift).translate(bytes.maketrans(b"+/", b"-_")),
                )
            yield f"{stem} in {encoding}, percent", quote(raw).encode()
            yield f"{stem} in {encoding}, octal", "".join(f"\\{byte:03o}" for byte in raw).encode()
            yield f"{stem} in {encoding}, repr", repr(raw)[2:-1].encode()
        yield f"{stem} in JSON", json.dumps(stem)[1:-1].encode()
        yield f"{stem} in HTML", "".join(f"&#{ord(letter)};" for letter in stem).encode()


def _base64(raw: bytes, shift: int) -> bytes:
    """The part of the base64 text that does not depend on what stands before (`shift` bytes) and after."""
    text = base64.b64encode(b"\0" * shift + raw)
    return text[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]


_NEEDLES = {name: needle for name, needle in _needles() if needle}
