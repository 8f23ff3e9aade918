"""第6条 (アクセス制御): every page and form of staff's with the roles it is for, and a walk along the links to them."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import APIResponse, Page

from safeguards.choices import Role
from tests.browser.admin_pages import AUDIT, HOLDS, LIST
from tests.system.marks import KANJI

RECEPTION, OFFICER, VIEWER = Role.RECEPTION, Role.PRIVACY_OFFICER, Role.VIEWER
NONE = None  # an account to which nobody gave a role
EVERYBODY = (RECEPTION, OFFICER, VIEWER, NONE)
SEEING, HANDLING, OVERSEEING = (RECEPTION, OFFICER, VIEWER), (RECEPTION, OFFICER), (OFFICER,)
ONE, STAFF, ACCOUNTS, GROUPS = (
    f"{LIST}*/",
    "/admin/safeguards/staff/",
    "/admin/auth/user/",
    "/admin/auth/group/",
)
FORBIDDEN = "あなたの役割では、このページを見られません。"

# Every page with the roles that may open it; a star is an id.
PAGES: dict[str, tuple[Role | None, ...]] = {
    "/admin/": EVERYBODY,
    "/admin/account/": EVERYBODY,
    "/admin/account/app/": EVERYBODY,
    "/admin/account/codes/new/": EVERYBODY,
    "/admin/password_change/": EVERYBODY,
    LIST: SEEING,
    f"{LIST}statistics/": SEEING,
    f"{LIST}export/": SEEING,
    f"{LIST}by-email/": HANDLING,
    f"{ONE}change/": SEEING,
    f"{ONE}sheet/": HANDLING,
    f"{ONE}erasure/": OVERSEEING,
    HOLDS: OVERSEEING,
    f"{HOLDS}*/change/": OVERSEEING,
    f"{HOLDS}place/*/": OVERSEEING,
    AUDIT: OVERSEEING,
    f"{AUDIT}*/change/": OVERSEEING,
    STAFF: OVERSEEING,
    f"{STAFF}*/change/": OVERSEEING,
    # Of superusers alone, who set the site up.
    ACCOUNTS: (),
    f"{ACCOUNTS}add/": (),
    f"{ACCOUNTS}*/change/": (),
    f"{ACCOUNTS}*/history/": (),
    f"{GROUPS}*/history/": (),
    GROUPS: (),
    f"{GROUPS}add/": (),
    f"{GROUPS}*/change/": (),
    f"{GROUPS}*/delete/": (),
    # Of nobody.
    f"{ACCOUNTS}*/delete/": (),
    f"{LIST}add/": (),
    f"{ONE}delete/": (),
    f"{HOLDS}add/": (),
    f"{HOLDS}*/delete/": (),
    f"{AUDIT}add/": (),
    f"{AUDIT}*/delete/": (),
    f"{STAFF}add/": (),
    f"{STAFF}*/delete/": (),
}
# Every form of one consultation with the roles that may send it, and what is sent.
FORMS: dict[str, tuple[tuple[Role | None, ...], dict[str, str]]] = {
    "state/": (HANDLING, {"status": "in_progress", "assignee": "", "next_action_on": ""}),
    "contacts/": (HANDLING, {"kind": "telephone.in", "note": ""}),
    "contacts/*/void/": (HANDLING, {"reason": "twice"}),
    "bounced/": (HANDLING, {}),
    "address/": (HANDLING, {"email": "new@example.jp"}),
    "address/correct/": (HANDLING, {"email": "new@example.jp"}),
    "technical/": (OVERSEEING, {}),
    "texts/": (OVERSEEING, {}),
    "texts/redact/": (OVERSEEING, {"places": "security:0:2"}),
    "texts/mask/security/": (OVERSEEING, {"passage": KANJI}),
    "texts/release/": (OVERSEEING, {}),
    "review/": (HANDLING, {}),
}
# These stand on the page that another of them leads to.
BEHIND = {"address/correct/", "texts/redact/", "texts/mask/security/", "texts/release/"}
# Who may look at the texts is not offered to ask for it.
NEEDLESS = {Role.PRIVACY_OFFICER: {"review/"}}
# Forms of their own, in test_role_forms.
RESET = f"{STAFF}*/reset-factor/"
HOLD_FORMS = {f"{HOLDS}*/prolong/", f"{HOLDS}*/release/"}
# What is under /admin/ and in no table, because no role decides about it.
BESIDE = {
    # The way in and out, and what it shows once: tests/browser/test_sign_in.py.
    "/admin/login/",
    "/admin/login/code/",
    "/admin/login/recovery/",
    "/admin/login/app/",
    "/admin/logout/",
    "/admin/welcome/*/*/",
    "/admin/account/codes/",
    # Django's own: what scripts of its pages ask for, ways to an address above, and an answer of 404.
    "/admin/password_change/done/",
    "/admin/autocomplete/",
    "/admin/jsi18n/",
    "/admin/intake/",
    "/admin/nowhere/",
    *(f"{model}*/" for model in (LIST, HOLDS, AUDIT, STAFF, ACCOUNTS, GROUPS)),
    # Django's own log of changes: none of a consultation (404), and empty of what its forms do not change.
    *(f"{model}*/history/" for model in (LIST, HOLDS, AUDIT, STAFF)),
}
Enter = Callable[[Role | None], User]

_ID = re.compile(r"/(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=/)")

each_role = pytest.mark.parametrize("role", EVERYBODY, ids=[*(role.value for role in SEEING), "no role"])


def of(table: dict[str, tuple[Role | None, ...]], role: Role | None) -> set[str]:
    return {address for address, roles in table.items() if role in roles}


def kind(path: str) -> str:
    """The address as the tables have it."""
    return _ID.sub("/*", path)


def path_of(address: str) -> str:
    return urlsplit(address).path


def walk(page: Page) -> dict[str, str]:
    """What links lead to from home on, a page of each kind: its kind and what it holds. None is refused."""
    found: dict[str, str] = {}
    ahead = ["/admin/"]
    while ahead:
        path = ahead.pop()
        if kind(path) in found:
            continue
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} was offered: {answer.status}"
        found[kind(path)] = page.content()
        links = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
        ahead += [path for path in map(path_of, links) if path.startswith("/admin/")]
    return found


def post(page: Page, path: str, data: dict[str, str]) -> APIResponse:
    """Sent with the session of the browser, and with the token that every page's sign-out form holds."""
    page.goto("/admin/")
    token = page.locator("#logout-form input[name=csrfmiddlewaretoken]").input_value()
    return page.request.post(path, form={**data, "csrfmiddlewaretoken": token}, max_redirects=0)
