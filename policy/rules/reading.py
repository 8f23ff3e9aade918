"""Reads facts.toml into `Facts`, or names every fault of its shape at once.

Shape only: an absent publication item reads as empty, so that the check for 法32条1項 can name it.
"""

import tomllib

from policy.rules import law
from policy.rules.facts import (
    CONFIRMED,
    DRAFT,
    Agent,
    ConsultationRetention,
    Contact,
    Controller,
    EntrustedRetention,
    Facts,
    FormField,
    Identity,
    IdentityDocument,
    RequestKind,
    Retention,
    SafeguardGroup,
    TechnicalRetention,
)
from policy.rules.tables import Table


class FactsMalformed(Exception):
    """facts.toml cannot be read; `findings` says every reason, in English."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


def parse(source: str) -> Facts:
    """The facts in a facts.toml, or FactsMalformed with every finding."""
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise FactsMalformed((f"not TOML: {ascii(str(error))[1:-1]}",)) from None
    findings: list[str] = []
    top = Table(values, "", findings)
    facts = Facts(
        status=top.one_of("status", DRAFT, CONFIRMED),
        title=top.text("title"),
        effective_on=top.day("effective_on"),
        controller=_controller(top.table("controller")),
        form=tuple(_form_field(table) for table in top.tables("form")),
        purposes=top.texts("purposes"),
        safeguards=tuple(_safeguard_group(table) for table in top.tables("safeguards")),
        request_kinds=tuple(_request_kind(table, findings) for table in top.tables("request_kinds")),
        identity=_identity(top.table("identity")),
        complaints=_contact(top.table("complaints")),
        certified_body=top.text("certified_body", needed=False),
        retention=_retention(top.table("retention")),
    )
    top.done()
    keys = [kind.key for kind in facts.request_kinds]
    if len(set(keys)) < len(keys):
        findings.append("request_kinds names a kind twice")
    if not facts.form:
        findings.append("form is empty")
    if findings:
        raise FactsMalformed(tuple(findings))
    return facts


def _controller(table: Table) -> Controller:
    controller = Controller(
        name=table.text("name", needed=False),
        service=table.text("service"),
        address=table.text("address", needed=False),
        representative=table.text("representative", needed=False),
        email=table.text("email"),
        telephone=table.text("telephone"),
        hours=table.text("hours"),
    )
    table.done()
    return controller


def _contact(table: Table) -> Contact:
    names = ("name", "email", "telephone", "hours")
    contact = Contact(*(table.text(name, needed=False) for name in names))
    table.done()
    return contact


def _form_field(table: Table) -> FormField:
    field = FormField(
        key=table.wire_name("key"),
        label=table.text("label"),
        required=table.boolean("required"),
        free_text=table.boolean("free_text"),
    )
    table.done()
    return field


def _request_kind(table: Table, findings: list[str]) -> RequestKind:
    key = table.one_of("key", *law.REQUEST_ARTICLES)
    kind = RequestKind(
        key=key,
        label=table.text("label"),
        article=table.text("article"),
        fee_yen=table.integer("fee_yen", minimum=0),
        about=table.text("about"),
    )
    table.done()
    if kind.article and kind.article != law.REQUEST_ARTICLES[key]:
        findings.append(
            f"request_kinds: the article of {key} is not the one that gives it (see policy.rules.law)"
        )
    return kind


def _identity(table: Table) -> Identity:
    documents, agents = [], []
    for each in table.tables("documents"):
        documents.append(
            IdentityDocument(each.text("name"), each.text("copy_of"), each.text("masking", needed=False))
        )
        each.done()
    for each in table.tables("agents"):
        agents.append(Agent(each.text("who"), each.text("proof")))
        each.done()
    identity = Identity(tuple(documents), tuple(agents), table.text("handling"))
    table.done()
    return identity


def _safeguard_group(table: Table) -> SafeguardGroup:
    group = SafeguardGroup(table.text("kind"), table.texts("measures"))
    table.done()
    return group


def _retention(table: Table) -> Retention:
    ours, theirs, technical = (table.table(name) for name in ("consultation", "entrusted", "technical"))
    retention = Retention(
        ConsultationRetention(ours.integer("years", minimum=1), ours.one_of("anchor", "last_contact")),
        EntrustedRetention(
            theirs.integer("days", minimum=1),
            theirs.one_of("anchor", "contract_end"),
            theirs.boolean("guide"),
        ),
        TechnicalRetention(technical.integer("days", minimum=1), technical.one_of("anchor", "submission")),
    )
    for each in (ours, theirs, technical, table):
        each.done()
    return retention
