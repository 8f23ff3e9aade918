"""System checks: the site does not start while code, facts and text of the policy disagree.

Messages are English and quote no values; `manage.py check` and `wsgi.py` run them.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from policy import services
from policy.rules import facts as rules
from policy.rules.statements import disagreements
from policy.rules.text import article_faults, placeholders

TAG = "policy"


@register(TAG)
def editions_are_sound(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Everything that must hold of every edition, and that one is in force today."""
    return [*folder_faults(timezone.localdate()), *(fault for each in _editions() for fault in faults(each))]


@register(TAG, deploy=True)
def no_draft_is_published(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Production shows no draft: every edition of the folder has its page and its place in the history."""
    return list(drafts())


def folder_faults(today: date) -> Iterator[Error]:
    """Faults of the folder as a whole."""
    for fault in services.survey().faults:
        yield Error(
            f"A policy edition cannot be read: {fault}.",
            hint="Every edition is a folder named after its effective date, with facts.toml and text.md.",
            id="policy.E001",
        )
    if not any(edition.effective_on <= today for edition in _editions()):
        yield Error(
            "No policy edition is in force today.",
            hint="Put an edition whose effective date has come into POLICY_EDITIONS_DIR.",
            id="policy.E006",
        )


def faults(edition: services.Edition) -> Iterator[Error]:
    """Faults of one edition."""
    name = edition.effective_on.isoformat()
    if edition.effective_on != edition.facts.effective_on:
        yield Error(
            f"Edition {name}: facts.toml gives another effective date than the folder's name.",
            hint="Rename the folder or correct effective_on.",
            id="policy.E002",
        )
    if blanks := _blanks(edition):
        yield Error(
            f"Edition {name}: unfilled places: {'; '.join(blanks)}.",
            hint="Write what the company has decided, or take the line out. A host name needs a link.",
            id="policy.E003",
        )
    if missing := rules.missing_publication_items(edition.facts):
        yield Error(
            f"Edition {name}: the law wants these published: {'; '.join(missing)}.",
            hint="Add them to facts.toml, and state them in text.md.",
            id="policy.E004",
        )
    if charged := rules.forbidden_fees(edition.facts):
        yield Error(
            f"Edition {name}: a fee is set for {', '.join(charged)}.",
            hint="Act 38 allows a fee for notice of purpose, disclosure and provision records only.",
            id="policy.E005",
        )
    if wrong := article_faults(edition.text):
        yield Error(
            f"Edition {name}: text.md: {'; '.join(wrong)}.",
            hint="Articles 1 to 10 stand as '## ' headings, 2-1 to 2-3 as '### ' headings, each once.",
            id="policy.E007",
        )
    if unsaid := disagreements(edition.facts, edition.text):
        yield Error(
            f"Edition {name}: text.md and facts.toml disagree: {'; '.join(unsaid)}.",
            hint="What the site does follows the facts, so the text must say the same.",
            id="policy.E008",
        )
    if twice := rules.duplicate_keys(edition.facts):
        yield Error(
            f"Edition {name}: form keys declared twice: {', '.join(twice)}.",
            hint="Every key of article 2-1 stands once in facts.toml.",
            id="policy.E009",
        )


def drafts() -> Iterator[Error]:
    """One error for each draft, be it past, in force or announced: all of them are published."""
    for edition in _editions():
        if edition.is_draft:
            yield Error(
                f"Edition {edition.effective_on.isoformat()} is a draft, and every edition is published.",
                hint="Point POLICY_EDITIONS_DIR at the editions that the company has confirmed.",
                id="policy.E010",
            )


def _editions() -> tuple[services.Edition, ...]:
    return services.survey().editions


def _blanks(edition: services.Edition) -> list[str]:
    in_text = [f"text.md line {line}: {what}" for line, what in placeholders(edition.text)]
    in_facts = [
        f"facts.toml {path}: {what}"
        for path, value in edition.facts.strings()
        for _, what in placeholders(value)
    ]
    return in_text + in_facts
