"""第3条・2-1: the form in code and the form that the policy edition declares must be the same."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.utils import timezone

from intake.choices import QUESTIONS, Kind
from policy import services as policy


@checks.register
def form_matches_edition(**kwargs: Any) -> list[checks.CheckMessage]:
    """Keys, their order, which are required and which are free text, for the edition in force and later ones."""
    today = timezone.localdate()
    try:
        editions = [policy.in_force(today), *(e for e in policy.editions() if e.effective_on > today)]
    except (policy.EditionsUnreadable, policy.NoEdition):
        return []  # policy's own checks say so
    asked = [(question.key, question.required, question.kind is Kind.TEXT) for question in QUESTIONS]
    return [
        checks.Error(
            f"edition {edition.effective_on} does not declare the hearing form as the code asks it: {fault}",
            hint="Give facts.toml the form's keys in order, with `required` and `free_text` as in intake.choices.",
            id="intake.E001",
        )
        for edition in editions
        if (fault := _difference(asked, [(f.key, f.required, f.free_text) for f in edition.facts.form]))
    ]


def _difference(asked: Sequence[tuple[str, bool, bool]], declared: Sequence[tuple[str, bool, bool]]) -> str:
    asked_keys, declared_keys = [row[0] for row in asked], [row[0] for row in declared]
    if undeclared := [key for key in asked_keys if key not in declared_keys]:
        return f"not declared: {', '.join(undeclared)}"
    if unasked := [key for key in declared_keys if key not in asked_keys]:
        return f"declared but not asked: {', '.join(unasked)}"
    if asked_keys != declared_keys:
        return "another order"
    return ", ".join(a[0] for a, d in zip(asked, declared, strict=True) if a != d)
