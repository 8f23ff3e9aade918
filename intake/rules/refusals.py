"""2-1: whether a mail server's answer means that this very address takes no mail, now or ever."""

import re

# RFC 4954, RFC 3207, RFC 7504, RFC 5321 §4.2: about signing in, encryption, the server, the order of commands.
_ABOUT_US = {503, 521, 530, 534, 535, 538}
# RFC 3463: 5.7 is policy (a relay that does not know us), 5.3 the server, 5.5 the protocol, 5.1.7 and 5.1.8 the sender.
_NOT_THE_ADDRESS = re.compile(rb"\s*5\.([357]\.|1\.[78]\b)")
_RELAYING = re.compile(rb"relay", re.IGNORECASE)  # what servers without such numbers say instead


def is_final(code: int, reply: bytes) -> bool:
    """Whether the refusal of a recipient is final and about the address, not about us or our settings.

    In doubt it is not: a mail too many is tried again, a wrong setting must not write everybody off.
    """
    if not 500 <= code <= 599 or code in _ABOUT_US:
        return False
    return not (_NOT_THE_ADDRESS.match(reply) or _RELAYING.search(reply))
