"""第6条 (アクセス制御): what each role is offered, and what it gets for an address that nobody offered it."""

from django.contrib.auth.models import Group, User
from playwright.sync_api import Page

from intake.models import Consultation
from retention.models import LegalHold
from safeguards.choices import Role
from safeguards.models import AuditEntry
from tests.browser import marked
from tests.browser.admin_pages import AUDIT, HOLDS, LIST
from tests.browser.roles import (
    BESIDE,
    FORBIDDEN,
    FORMS,
    GROUPS,
    HOLD_FORMS,
    OFFICER,
    ONE,
    PAGES,
    RESET,
    SEEING,
    VIEWER,
    Enter,
    each_role,
    of,
    path_of,
    post,
    walk,
)
from tests.routes import addresses
from tests.system.marks import traces


def test_every_address_of_the_site_is_in_one_of_the_tables() -> None:
    forms = {f"{ONE}{address}".replace("/mask/security/", "/mask/*/") for address in FORMS}
    tables = [{*PAGES}, forms, {RESET}, HOLD_FORMS, BESIDE]
    site = addresses(lambda converter: "*")
    assert set.union(*tables) == site
    assert sum(map(len, tables)) == len(site)  # in one only


@each_role
def test_links_lead_to_all_that_a_role_may_open_and_to_nothing_else(
    page: Page, enter: Enter, role: Role | None
) -> None:
    enter(role)
    assert {*walk(page)} == of(PAGES, role)


@each_role
def test_a_typed_address_opens_what_the_role_may_open_and_says_in_japanese_that_it_may_not_else(
    page: Page, consultation: Consultation, enter: Enter, role: Role | None
) -> None:
    user = enter(role)
    answers = {}
    for address in PAGES:
        answer = page.request.get(_address(address, consultation, user))
        answers[address] = answer.status
        assert (FORBIDDEN in answer.text()) is (answer.status == 403), address
        if role not in SEEING:
            assert not traces(answer.text()), address
            assert consultation.reference not in answer.text(), address
    may = of(PAGES, role)
    assert answers == {address: 200 if address in may else 403 for address in PAGES}


def test_a_typed_address_leads_who_is_not_signed_in_to_the_sign_in_and_shows_nothing(
    page: Page, consultation: Consultation
) -> None:
    user = marked.account(VIEWER)
    for address in PAGES:
        answer = page.request.get(_address(address, consultation, user))
        assert path_of(answer.url) == "/admin/login/", address
        assert 'type="password"' in answer.text()
        assert consultation.reference not in answer.text()


def _address(address: str, consultation: Consultation, user: User) -> str:
    ids = {
        AUDIT: AuditEntry.objects.values_list("pk", flat=True)[0],
        LIST: consultation.pk,
        f"{HOLDS}place/": consultation.pk,
        HOLDS: LegalHold.objects.values_list("pk", flat=True)[0],
        GROUPS: Group.objects.values_list("pk", flat=True)[0],
    }
    return address.replace("*", str(next((pk for start, pk in ids.items() if start in address), user.pk)))


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
    assert {path for path, text in walk(page).items() if traces(text)} == {
        f"{ONE}change/",
        f"{ONE}sheet/",
        f"{HOLDS}*/change/",
    }
