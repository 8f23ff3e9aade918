"""第6条 (アクセス制御): which forms each role is offered, and what it gets for one that nobody offered it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import APIResponse, Page

from intake.models import Consultation
from retention.models import LegalHold
from safeguards.choices import Role
from safeguards.models import AuditEntry
from tests.browser import marked
from tests.browser.admin_pages import HOLDS, LIST
from tests.browser.roles import (
    BEHIND,
    FORBIDDEN,
    FORMS,
    HANDLING,
    NEEDLESS,
    OVERSEEING,
    RESET,
    SEEING,
    Enter,
    each_role,
    kind,
    post,
)
from tests.intake.desk import fresh
from tests.system.marks import KANJI

_SHOWN_FORMS = "form => form.method === 'post' && new URL(form.action).pathname"


@pytest.mark.parametrize("role", SEEING, ids=[role.value for role in SEEING])
def test_the_page_of_a_consultation_holds_just_the_forms_that_the_role_may_send(
    page: Page, consultation: Consultation, enter: Enter, role: Role
) -> None:
    enter(role)
    start = f"{LIST}{consultation.pk}/"
    page.goto(f"{start}change/")
    paths = page.locator("form").evaluate_all(f"forms => forms.map({_SHOWN_FORMS}).filter(Boolean)")
    shown = {
        kind(path.removeprefix(start[:-1])).removeprefix("/") for path in paths if path.startswith(start)
    }
    may = {address for address, (roles, _) in FORMS.items() if role in roles}
    assert shown == may - BEHIND - NEEDLESS.get(role, set())


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
    hold = LegalHold.objects.get().pk
    holding = {"basis": "law", "reason": KANJI, "review_on": f"{timezone.localdate() + timedelta(days=9)}"}
    erasing = {"basis": "request", "typed": consultation.reference, "version": "2"}
    personal = {"contents": "personal", "confirmed": "on"}
    forms: list[tuple[str, dict[str, str], tuple[Role | None, ...]]] = [
        (f"{LIST}by-email/", {"email": marked.ADDRESS}, HANDLING),
        (f"{LIST}export/", {}, SEEING),
        (f"{LIST}export/", personal, OVERSEEING),
        (RESET.replace("*", str(other.pk)), {"confirmed": "yes"}, OVERSEEING),
        (f"{HOLDS}place/{consultation.pk}/", holding, OVERSEEING),
        (f"{HOLDS}{hold}/prolong/", holding, OVERSEEING),
        (f"{HOLDS}{hold}/release/", {}, OVERSEEING),
        (f"{LIST}{consultation.pk}/erasure/", erasing, OVERSEEING),
        (f"{HOLDS}{hold}/delete/", {"post": "yes"}, ()),
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


def _expect_refused(answer: APIResponse) -> None:
    """By the right and not, say, for the token."""
    assert (answer.status, FORBIDDEN in answer.text()) == (403, True), answer.url
