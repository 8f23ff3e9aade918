"""第6条 (アクセス制御): what each role is offered, and what it gets for an address or a form that nobody offered it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import APIResponse, Page, expect

from intake.models import Consultation
from safeguards.choices import Role
from safeguards.models import AuditEntry
from tests.browser import marked
from tests.browser.admin_pages import AUDIT, LIST
from tests.browser.signing import sign_in
from tests.intake.desk import fresh
from tests.system.marks import traces

RECEPTION, OFFICER, VIEWER = Role.RECEPTION, Role.PRIVACY_OFFICER, Role.VIEWER
NONE = None  # an account to which nobody gave a role
EVERYBODY = (RECEPTION, OFFICER, VIEWER, NONE)
SEEING, HANDLING, OVERSEEING = (RECEPTION, OFFICER, VIEWER), (RECEPTION, OFFICER), (OFFICER,)
ONE, STAFF = f"{LIST}*/", "/admin/safeguards/staff/"
FORBIDDEN = "このページを見る権限がありません。"

# Every page with the roles that may open it; a star is an id.
PAGES: dict[str, tuple[Role | None, ...]] = {
    "/admin/": EVERYBODY,
    "/admin/account/": EVERYBODY,
    LIST: SEEING,
    f"{LIST}statistics/": SEEING,
    f"{LIST}export/": SEEING,
    f"{LIST}by-email/": HANDLING,
    f"{ONE}change/": SEEING,
    f"{ONE}sheet/": HANDLING,
    AUDIT: OVERSEEING,
    f"{AUDIT}*/change/": OVERSEEING,
    STAFF: OVERSEEING,
    f"{STAFF}*/change/": OVERSEEING,
    # Of superusers alone, who set the site up; and of nobody.
    "/admin/auth/user/": (),
    "/admin/auth/user/*/change/": (),
    "/admin/auth/user/*/password/": (),
    "/admin/auth/group/": (),
    f"{LIST}add/": (),
    f"{ONE}delete/": (),
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
}
Enter = Callable[[Role | None], User]

_ID = re.compile(r"/(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d+)/")
_SHOWN_FORMS = "form => form.method === 'post' && new URL(form.action).pathname"

each_role = pytest.mark.parametrize("role", EVERYBODY, ids=[*(role.value for role in SEEING), "no role"])


@pytest.fixture
def consultation(transactional_db: None) -> Consultation:
    return marked.consultation()


@pytest.fixture
def enter(page: Page, consultation: Consultation) -> Enter:
    """Signs an account in, as a person does it."""

    def as_role(role: Role | None) -> User:
        user = marked.account(role)
        sign_in(page, user)
        return user

    return as_role


def of(table: dict[str, tuple[Role | None, ...]], role: Role | None) -> set[str]:
    return {address for address, roles in table.items() if role in roles}


def walk(page: Page) -> dict[str, str]:
    """Every page of staff's that a link leads to, from home on: its path and what it holds. None is refused."""
    found: dict[str, str] = {}
    ahead = ["/admin/"]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} was offered: {answer.status}"
        found[path] = page.content()
        links = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
        ahead += [path for path in map(_path, links) if path.startswith("/admin/")]
    return found


def _path(address: str) -> str:
    return urlsplit(address).path


@each_role
def test_links_lead_to_all_that_a_role_may_open_and_to_nothing_else(
    page: Page, enter: Enter, role: Role | None
) -> None:
    enter(role)
    assert {_ID.sub("/*/", path) for path in walk(page)} & set(PAGES) == of(PAGES, role)


@each_role
def test_a_typed_address_opens_what_the_role_may_open_and_says_in_japanese_that_it_may_not_else(
    page: Page, consultation: Consultation, enter: Enter, role: Role | None
) -> None:
    user = enter(role)
    answers = {}
    for address in PAGES:
        answer = page.goto(_address(address, consultation, user))
        assert answer is not None
        answers[address] = answer.status
        assert (FORBIDDEN in page.locator("main, #content").first.inner_text()) is (answer.status == 403)
        if role not in SEEING:
            assert not traces(page.content()), address
            assert consultation.reference not in page.content(), address
    may = of(PAGES, role)
    assert answers == {address: 200 if address in may else 403 for address in PAGES}


def test_a_typed_address_leads_who_is_not_signed_in_to_the_sign_in_and_shows_nothing(
    page: Page, consultation: Consultation
) -> None:
    user = marked.account(VIEWER)
    for address in PAGES:
        page.goto(_address(address, consultation, user))
        expect(page.get_by_label("パスワード", exact=True)).to_be_visible()
        assert _path(page.url) == "/admin/login/", address
        assert consultation.reference not in page.locator("main").inner_text()


def _address(address: str, consultation: Consultation, user: User) -> str:
    ids = {AUDIT: AuditEntry.objects.values_list("pk", flat=True)[0], LIST: consultation.pk}
    return address.replace("*", str(next((pk for start, pk in ids.items() if start in address), user.pk)))


@pytest.mark.parametrize("role", SEEING, ids=[role.value for role in SEEING])
def test_the_page_of_a_consultation_holds_just_the_forms_that_the_role_may_send(
    page: Page, consultation: Consultation, enter: Enter, role: Role
) -> None:
    enter(role)
    start = f"{LIST}{consultation.pk}/"
    page.goto(f"{start}change/")
    paths = page.locator("form").evaluate_all(f"forms => forms.map({_SHOWN_FORMS}).filter(Boolean)")
    shown = {_ID.sub("/*/", path.removeprefix(start)) for path in paths if path.startswith(start)}
    may = {address for address, (roles, _) in FORMS.items() if role in roles}
    assert shown == may - {"address/correct/"}  # that one stands on the page that shows the address back


@each_role
def test_a_form_that_the_role_may_not_send_is_refused_and_changes_nothing(
    page: Page, consultation: Consultation, enter: Enter, role: Role | None
) -> None:
    enter(role)
    entry = consultation.contacts.get()
    for address, (roles, data) in FORMS.items():
        before = _traces_left(consultation)
        data = {**data, "on": f"{timezone.localdate()}", "version": str(fresh(consultation).version)}
        answer = post(page, f"{LIST}{consultation.pk}/{address.replace('*', str(entry.pk))}", data)
        if role in roles:
            assert answer.status in {200, 302}, address
            assert (_traces_left(consultation) != before) is (address != "address/"), address
        else:
            _expect_refused(answer)
            assert _traces_left(consultation) == before, address


def _traces_left(consultation: Consultation) -> tuple[Any, ...]:
    """What a deed would have changed. Any: a row, as Django gives it."""
    row = Consultation.objects.filter(pk=consultation.pk).values().get()
    return row, [*consultation.contacts.order_by("pk").values()], AuditEntry.objects.count()


@each_role
def test_forms_beside_a_consultation_are_refused_to_whom_they_are_not_for(
    page: Page, consultation: Consultation, enter: Enter, role: Role | None
) -> None:
    user = enter(role)
    other = User.objects.get(username="colleague")
    personal = {"contents": "personal", "confirmed": "on"}
    forms: list[tuple[str, dict[str, str], tuple[Role | None, ...]]] = [
        (f"{LIST}by-email/", {"email": marked.ADDRESS}, HANDLING),
        (f"{LIST}export/", {}, SEEING),
        (f"{LIST}export/", personal, OVERSEEING),
        (f"{STAFF}{other.pk}/reset-factor/", {"confirmed": "yes"}, OVERSEEING),
        (f"{LIST}{consultation.pk}/change/", {"status": "won"}, ()),
        (f"{LIST}{consultation.pk}/delete/", {"post": "yes"}, ()),
        (f"/admin/auth/user/{user.pk}/change/", {"is_superuser": "on"}, ()),
    ]
    for path, data, roles in forms:
        entries = AuditEntry.objects.count()
        answer = post(page, path, data)
        if role in roles:
            assert answer.status in {200, 302}, path
        else:
            _expect_refused(answer)
            assert AuditEntry.objects.count() == entries, path
    user.refresh_from_db()
    assert not user.is_superuser


def post(page: Page, path: str, data: dict[str, str]) -> APIResponse:
    """Sent with the session of the browser, and with the token that every page's sign-out form holds."""
    page.goto("/admin/")
    token = page.locator("#logout-form input[name=csrfmiddlewaretoken]").input_value()
    return page.request.post(path, form={**data, "csrfmiddlewaretoken": token}, max_redirects=0)


def _expect_refused(answer: APIResponse) -> None:
    """By the right and not, say, for the token."""
    assert (answer.status, FORBIDDEN in answer.text()) == (403, True), answer.url


def test_nothing_personal_stands_on_any_page_or_file_that_the_viewer_gets(
    page: Page, consultation: Consultation, enter: Enter
) -> None:
    enter(VIEWER)
    held = walk(page)
    held["file"] = post(page, f"{LIST}export/", {}).text()
    assert consultation.reference in held["file"]
    assert [path for path, text in held.items() if traces(text)] == []


def test_the_marks_of_that_test_stand_where_others_may_read_them(page: Page, enter: Enter) -> None:
    enter(OFFICER)
    marks = {_ID.sub("/*/", path) for path, text in walk(page).items() if traces(text)}
    assert marks == {f"{ONE}change/", f"{ONE}sheet/"}
