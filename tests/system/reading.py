"""Staff at the running site: the way in."""

import re

from tests import staff
from tests.system.client import Client


def sign_in(client: Client, username: str, password: str) -> tuple[str, list[str]]:
    """The first time, over password and app; the app's secret and the recovery codes, as they were shown."""
    credentials = [("username", username), ("password", password)]
    sent = client.post("/admin/login/", [*client.get("/admin/login/").hidden(), *credentials])
    assert sent.status == 302, sent.text
    page = client.get("/admin/login/app/")
    secret = staff.shown_secret(page.text)
    sent = client.post("/admin/login/app/", [*page.hidden(), ("code", staff.code(secret))])
    assert sent.status == 302, sent.text
    page = client.get("/admin/account/codes/")
    codes = re.findall(r"<li>([a-z0-9]{5})-([a-z0-9]{5})</li>", page.text)
    assert len(codes) == 10
    assert client.post("/admin/account/codes/", page.hidden()).status == 302
    return secret, ["".join(halves) for halves in codes]
