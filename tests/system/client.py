"""A browser without JavaScript, as small as it can be: cookies, pages, and the forms in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

FORM = "/consultation/"
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """One answer of the server."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def hidden(self) -> Fields:
        """The hidden inputs of the page's last form: it is the one that goes on."""
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms[-1] if parser.forms else []

    def reference(self) -> str:
        """The text of the element with id="reference", or nothing."""
        found = re.search(r'id="reference"[^>]*>([^<]*)<', self.text)
        return found[1].strip() if found else ""


@dataclass
class Client:
    """One person's browser. It follows no redirect by itself and repeats nothing."""

    address: tuple[str, int]
    timeout: float = 30
    user_agent: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        return self._ask("GET", url, None)

    def post(self, url: str, fields: Fields) -> Page:
        return self._ask("POST", url, urlencode(fields))

    def send_form(self, answers: Fields) -> Page:
        """From the first page straight to the check page and through it, as DESIGN §4 allows programs."""
        return self.post(FORM, submission(self.check_page(answers), answers))

    def check_page(self, answers: Fields) -> Page:
        """The check page for these answers."""
        first = self.get(FORM)
        return self.post(FORM, [*merged(first.hidden(), answers), ("action", "confirm")])

    def _ask(self, method: str, url: str, body: str | None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.user_agent:
            headers["User-Agent"] = self.user_agent
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(*self.address, timeout=self.timeout)
        try:
            connection.request(method, url, body=body, headers=headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(value).items()})
        return Page(url, response.status, response.getheaders(), text)


def merged(hidden: Fields, answers: Fields) -> Fields:
    """The hidden inputs, with the answers in place of those that the page carried."""
    names = {name for name, _ in answers}
    return [*[pair for pair in hidden if pair[0] not in names], *answers]


def submission(check_page: Page, answers: Fields) -> Fields:
    """What 「送信する」 sends from the check page, with these answers."""
    return [*merged(check_page.hidden(), answers), ("agree", "on"), ("action", "submit")]


class _Forms(HTMLParser):
    """Collects each form's hidden inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and given.get("type") == "hidden":
            self.forms[-1].append((given["name"], given.get("value") or ""))
