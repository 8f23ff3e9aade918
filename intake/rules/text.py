"""2-1: what typed text may hold, and the few forms of it that are put into one."""

import re
import unicodedata

# Controls of C0 and C1 and the invisible ones that turn text around, which could show staff other words
# than were typed. Joiners and variation selectors stay: emoji and 異体字 need them.
_FORBIDDEN_IN_LINE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ALLOWED_IN_TEXT = str.maketrans("", "", "\n\t")


def unix_lines(text: str) -> str:
    """Line ends as LF, so that a length is the same whatever browser sent the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_forbidden_characters(text: str, *, lines: bool) -> bool:
    """Whether control characters stand in the text; with `lines`, line ends and tabs are none."""
    return bool(_FORBIDDEN_IN_LINE.search(text.translate(_ALLOWED_IN_TEXT) if lines else text))


def email_address(text: str) -> str:
    """The address in half-width characters, without white space and without invisible characters (category Cf),
    which come along when an address is pasted. Names are never put through this."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        character for character in "".join(normal.split()) if unicodedata.category(character) != "Cf"
    )


def is_encoded(address: str) -> bool:
    """Whether mail programs read something else than what stands there, a line break perhaps (RFC 2047)."""
    return "=?" in address
