"""2-1: likely typing errors in the domain of an e-mail address, pointed out and never corrected."""

# Domains that are right as they are, most used first: of two equally near ones the first is suggested.
KNOWN_DOMAINS = (
    "gmail.com",
    "yahoo.co.jp",
    "icloud.com",
    "outlook.jp",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.jp",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "au.com",
    "softbank.ne.jp",
    "i.softbank.jp",
    "ymobile.ne.jp",
    "y-mobile.ne.jp",
    "emobile.ne.jp",
    "nifty.com",
    "biglobe.ne.jp",
    "ocn.ne.jp",
    "odn.ne.jp",
    "so-net.ne.jp",
    "live.jp",
    "live.com",
    "msn.com",
    "me.com",
    "mac.com",
    "ymail.com",
    "ymail.ne.jp",
    "mail.com",
    "email.com",
    "yahoo.com",
    "aol.com",
    "googlemail.com",
    "outlook.co.jp",
    "yahoo.ne.jp",
    "ybb.ne.jp",
    "infoseek.jp",
    "excite.co.jp",
)
_SHORT = 9  # a domain as short as live.com has too many honest neighbours (line.com)

# Ends that no address in Japan has, and what was meant.
_WRONG_ENDS = {
    ".co.jo": ".co.jp",
    ".co.jpp": ".co.jp",
    ".co.jl": ".co.jp",
    ".cojp": ".co.jp",
    ".co.p": ".co.jp",
    ".c.jp": ".co.jp",
    ".ne.jo": ".ne.jp",
    ".ne.jpp": ".ne.jp",
    ".nejp": ".ne.jp",
    ".or.jo": ".or.jp",
    ".con": ".com",
    ".comm": ".com",
    ".cpm": ".com",
    ".vom": ".com",
}


def likely_meant(email: str) -> str | None:
    """The address that was probably meant, or None where nothing looks mistyped."""
    local, at, domain = email.rpartition("@")
    domain = domain.lower()
    if not at or domain in KNOWN_DOMAINS:
        return None
    near = (known for known in KNOWN_DOMAINS if len(known) >= _SHORT and _one_slip_apart(domain, known))
    meant = next(near, None)
    if meant is None:
        end = next((wrong for wrong in _WRONG_ENDS if domain.endswith(wrong)), None)
        meant = domain.removesuffix(end) + _WRONG_ENDS[end] if end else None
    return f"{local}@{meant}" if meant else None


def _one_slip_apart(typed: str, known: str) -> bool:
    """Whether one character was left out, doubled or added, replaced, or swapped with its neighbour."""
    if abs(len(typed) - len(known)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known))
    )
    left, right = typed[start:], known[start:]
    return (
        left[1:] == right  # added
        or left == right[1:]  # left out
        or left[1:] == right[1:]  # replaced
        or (left[2:] == right[2:] and left[:2] == right[1::-1])  # swapped
    )
