"""第6条: which address a request came from, whatever it says itself, and what of it counts as one sender."""

from ipaddress import IPv4Address, IPv6Address, ip_address

UNKNOWN = ""
_IPV6_SHARE = 64  # bits: one connection is given at least this much, and may change the rest at will


def client(remote: str, forwarded: str, *, proxies: int) -> str:
    """The client's address, or UNKNOWN.

    `remote` is who opened the connection, `forwarded` the X-Forwarded-For header, to which each of our
    `proxies` has added, on the right, who opened the connection to it. What stands further left came from
    outside and may be invented. A header that is too short, or says no address where ours should stand, came
    past a proxy or from a wrong setting: then `remote` counts, which nobody can invent.
    """
    entries = forwarded.split(",")
    named = _parsed(entries[-proxies]) if 0 < proxies <= len(entries) else None
    address = named or _parsed(remote)
    return str(address) if address else UNKNOWN


def sender(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that an IPv6 address lies in."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        host_bits = parsed.max_prefixlen - _IPV6_SHARE
        return f"{IPv6Address(int(parsed) >> host_bits << host_bits)}/{_IPV6_SHARE}"
    return str(parsed) if parsed else UNKNOWN


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """The address in the text, a port (as some proxies add it) and a zone left out."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # A server that listens on both kinds writes an IPv4 address as an IPv6 one.
    return getattr(address, "ipv4_mapped", None) or address
