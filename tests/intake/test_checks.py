"""第3条・2-1: the start stops when code and edition disagree about the form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.checks import WARNING

from intake import checks
from policy import services as policy
from policy.services import FormField


def declare(monkeypatch: pytest.MonkeyPatch, *forms: tuple[FormField, ...]) -> None:
    """Editions with these forms: the first in force, the others announced."""
    shipped = policy.editions()[-1]
    editions = tuple(
        replace(shipped, effective_on=date(2026 + 100 * n, 1, 2), facts=replace(shipped.facts, form=form))
        for n, form in enumerate(forms)
    )
    monkeypatch.setattr(policy, "editions", lambda: editions)
    monkeypatch.setattr(policy, "in_force", lambda on: editions[0])
    monkeypatch.setattr(policy, "announced", lambda on: editions[1:])


def shipped() -> tuple[FormField, ...]:
    return policy.editions()[-1].facts.form


def test_the_shipped_edition_and_the_code_agree() -> None:
    assert checks.form_matches_edition() == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda form: form[1:], "not declared: employeeCount"),
        (lambda form: (*form, replace(form[0], key="birthday")), "declared but not asked: birthday"),
        (lambda form: (form[1], form[0], *form[2:]), "another order"),
        (lambda form: (replace(form[0], required=True), *form[1:]), ": employeeCount"),
        (
            lambda form: tuple(replace(f, free_text=False) if f.key == "security" else f for f in form),
            ": security",
        ),
    ],
)
def test_a_difference_is_named(
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[tuple[FormField, ...]], tuple[FormField, ...]],
    fault: str,
) -> None:
    form = shipped()
    declare(monkeypatch, change(form))
    (found,) = checks.form_matches_edition()
    assert (found.id, found.is_serious()) == ("intake.E001", True)
    assert fault in found.msg
    assert found.hint


def test_an_announced_edition_with_another_form_is_noted_and_does_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = shipped()
    declare(monkeypatch, form, (*form, replace(form[0], key="birthday")))
    (found,) = checks.form_matches_edition()
    assert (found.id, found.level < WARNING) == ("intake.I001", True)
    assert "2126-01-02" in found.msg
