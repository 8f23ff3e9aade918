"""Watching a page: whatever a browser complains of while a test runs is a fault of the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# Chromium's own console line about a violation is not the same with and without JavaScript; the event is.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
# Chromium's line for an answer with an error status, of a page itself too; `_answered` judges those better.
FAILED_LOAD = "Failed to load resource: the server responded with a status of"


class Watch:
    """Collects, for every page of a context, what must not happen on any page of this site."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(base_url).netloc
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._host:
            self.faults.append(f"request to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        # A page may be a 404 page; what a page consists of may not be missing.
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status} for {response.url}")

    def _failed(self, request: Request) -> None:
        # A second press ends the first request; that is what browsers do, and no fault.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure} for {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(FAILED_LOAD):
            self.faults.append(f"console: {message.text}")


@contextmanager
def watched(context: BrowserContext, base_url: str) -> Iterator[Watch]:
    """Fail at the end of the block on anything that the browser complained of inside it."""
    watch = Watch(context, base_url)
    yield watch
    for page in context.pages:
        page.evaluate("0")  # a round trip: what the browser said before it has arrived then
    assert not watch.faults, "\n".join(watch.faults)
