"""Every address under /admin/ that the site has, from its own URL resolver."""

import re
from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Django's only routes that are regular expressions, and an address of each; another one would be a KeyError.
TYPED = {"^(?P<app_label>auth|safeguards|retention|intake)/$": "intake/", "(?P<url>.*)$": "nowhere/"}


def addresses(fill: Callable[[str], str]) -> set[str]:
    """The addresses; `fill` says what stands in the place of a converter (uuid, int, path, str)."""
    below = [each for each in get_resolver().url_patterns if str(each.pattern).startswith("admin/")]
    return set(_addresses(below, "/", fill))


def _addresses(
    patterns: Iterable[URLPattern | URLResolver], start: str, fill: Callable[[str], str]
) -> Iterator[str]:
    for each in patterns:
        route = str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, start + route, fill)
        else:
            filled = re.sub(r"<(\w+):\w+>", lambda found: fill(found[1]), route)
            yield start + TYPED.get(filled, filled)
