"""第3条・2-1: the form in code and the form that the policy edition declares must be the same."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.utils import timezone

from intake.choices import QUESTIONS, Kind
from policy import services as policy


@checks.register
def form_matches_edition(**kwargs: Any) -> list[checks.CheckMessage]:
    """Keys, their order, which are required and which are free text.

    An error for the edition in force. For an announced one only a note, since it must be publishable before
    its day (第10条): the code that asks its questions is deployed on that day.
    """
    today = timezone.localdate()
    try:
        in_force, announced = policy.in_force(today), policy.announced(today)
    except (policy.EditionsUnreadable, policy.NoEdition):
        return []  # policy's own checks say so
    return [
        *_compare(
            in_force,
            checks.Error,
            "intake.E001",
            "Give facts.toml the form's keys as intake.choices has them.",
        ),
        *(
            found
            for edition in announced
            for found in _compare(
                edition, checks.Info, "intake.I001", "Deploy code that asks its form on its day."
            )
        ),
    ]


def _compare(
    edition: policy.Edition, level: type[checks.Error] | type[checks.Info], check_id: str, hint: str
) -> list[checks.CheckMessage]:
    asked = [(question.key, question.required, question.kind is Kind.TEXT) for question in QUESTIONS]
    fault = _difference(asked, [(f.key, f.required, f.free_text) for f in edition.facts.form])
    message = f"edition {edition.effective_on} does not declare the hearing form as the code asks it: {fault}"
    return [level(message, hint=hint, id=check_id)] if fault else []


def _difference(asked: Sequence[tuple[str, bool, bool]], declared: Sequence[tuple[str, bool, bool]]) -> str:
    asked_keys, declared_keys = [row[0] for row in asked], [row[0] for row in declared]
    if undeclared := [key for key in asked_keys if key not in declared_keys]:
        return f"not declared: {', '.join(undeclared)}"
    if unasked := [key for key in declared_keys if key not in asked_keys]:
        return f"declared but not asked: {', '.join(unasked)}"
    if asked_keys != declared_keys:
        return "another order"
    return ", ".join(a[0] for a, d in zip(asked, declared, strict=True) if a != d)
