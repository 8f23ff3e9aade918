"""第6条: the address that a request came from, as TRUSTED_PROXIES says how to read it."""

from django.conf import settings

from safeguards.rules import addresses
from safeguards.rules.addresses import UNKNOWN, sender

__all__ = ["UNKNOWN", "client", "sender"]


def client(*, remote: str, forwarded: str) -> str:
    """The client's address or UNKNOWN, from REMOTE_ADDR and the X-Forwarded-For header ("" without one)."""
    return addresses.client(remote, forwarded, proxies=settings.TRUSTED_PROXIES)
