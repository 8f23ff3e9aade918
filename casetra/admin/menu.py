"""The menu of staff's admin: home, and whatever the account may open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """One entry; `current` is what `aria-current` says of it: the page itself, one below it, or nothing."""

    label: str
    url: str
    current: str = ""


# Any: Django's own description of the apps and their models.
def items(request: HttpRequest, apps: Iterable[Mapping[str, Any]]) -> list[Item]:
    """The entries in their order; of those that the page's address begins with, the longest is the current one."""
    entries = [("今日の対応", reverse("admin:index"))]
    for model in (model for app in apps for model in app["models"] if model.get("admin_url")):
        entries.append((str(model["name"]), model["admin_url"]))
        if model["object_name"] == "Consultation":
            entries.append(("統計", reverse("admin:intake_consultation_statistics")))
    home = entries[0][1]
    above = [
        url for _, url in entries if request.path.startswith(url) and (url != home or request.path == home)
    ]
    here = max(above, key=len, default=None)
    word = "page" if here == request.path else "true"
    return [Item(label, url, word if url == here else "") for label, url in entries]
