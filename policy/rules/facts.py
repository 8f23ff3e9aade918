"""What an edition promises, for machines: the dataclasses that facts.toml is read into."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from policy.rules import law

DRAFT, CONFIRMED = "draft", "confirmed"


@dataclass(frozen=True)
class Controller:
    """Who publishes the site and answers for it (法32条1項1号)."""

    name: str
    service: str
    address: str
    representative: str
    email: str
    telephone: str
    hours: str


@dataclass(frozen=True)
class Contact:
    """Where complaints go (令10条2号)."""

    name: str
    email: str
    telephone: str
    hours: str


@dataclass(frozen=True)
class FormField:
    """One item of the hearing form (2-1); `key` is its wire name, `label` what the form calls it."""

    key: str
    label: str
    required: bool
    free_text: bool


@dataclass(frozen=True)
class RequestKind:
    """One thing a person may ask (第8条), with the article that gives it and the fee for it (法38条)."""

    key: str
    label: str
    article: str
    fee_yen: int
    about: str

    @property
    def fee_written(self) -> str:
        """The fee's figures as people write them: 1,000."""
        return f"{self.fee_yen:,}"


@dataclass(frozen=True)
class IdentityDocument:
    """A paper that shows who asks: which side to copy and what to hide on it (`masking` may be empty)."""

    name: str
    copy_of: str
    masking: str


@dataclass(frozen=True)
class Agent:
    """Who may ask for another (令13条), and what shows it."""

    who: str
    proof: str


@dataclass(frozen=True)
class Identity:
    """How the company makes sure who asks (第8条), and what becomes of the copies (`handling`)."""

    documents: tuple[IdentityDocument, ...]
    agents: tuple[Agent, ...]
    handling: str


@dataclass(frozen=True)
class SafeguardGroup:
    """Measures of one kind (第6条, 令10条1号)."""

    kind: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class ConsultationRetention:
    """第9条: form records are kept this long after `anchor` (always the last contact)."""

    years: int
    anchor: str


@dataclass(frozen=True)
class EntrustedRetention:
    """第9条: entrusted data goes within this long after `anchor` (the contract's end); a guide or a limit."""

    days: int
    anchor: str
    guide: bool


@dataclass(frozen=True)
class TechnicalRetention:
    """2-3, 第9条: what a submission keeps of its connection is erased this long after `anchor` (the submission)."""

    days: int
    anchor: str


@dataclass(frozen=True)
class Retention:
    """第9条: the periods."""

    consultation: ConsultationRetention
    entrusted: EntrustedRetention
    technical: TechnicalRetention


@dataclass(frozen=True)
class Facts:
    """Everything that code may read from an edition. Field order is the policy's."""

    status: str
    title: str
    effective_on: date
    controller: Controller
    form: tuple[FormField, ...]
    purposes: tuple[str, ...]
    safeguards: tuple[SafeguardGroup, ...]
    request_kinds: tuple[RequestKind, ...]
    identity: Identity
    complaints: Contact
    certified_body: str
    retention: Retention

    @property
    def form_keys(self) -> tuple[str, ...]:
        """The hearing form's wire names, in the policy's order."""
        return tuple(field.key for field in self.form)

    @property
    def charges_fees(self) -> bool:
        """Whether any request costs the person anything."""
        return any(kind.fee_yen for kind in self.request_kinds)

    def request_kind(self, key: str) -> RequestKind:
        """The kind called `key`; KeyError when the edition has none."""
        for kind in self.request_kinds:
            if kind.key == key:
                return kind
        raise KeyError(key)

    def strings(self) -> Iterator[tuple[str, str]]:
        """Every text value with the path to it, as `form[3].label`."""
        return _strings(self, "")


def duplicate_keys(facts: Facts) -> tuple[str, ...]:
    """Wire names that stand more than once in 2-1."""
    keys = facts.form_keys
    return tuple(sorted({key for key in keys if keys.count(key) > 1}))


def forbidden_fees(facts: Facts) -> tuple[str, ...]:
    """Kinds that carry a fee although 法38条 allows none for them."""
    return tuple(kind.key for kind in facts.request_kinds if kind.fee_yen and kind.key not in law.FEE_ALLOWED)


def missing_publication_items(facts: Facts) -> tuple[str, ...]:
    """What 法32条1項 and 令10条 want published and the edition lacks, in English with the article."""
    kinds = {kind.key for kind in facts.request_kinds}
    items = {
        "name of the operator (Act 32(1)(i))": facts.controller.name,
        "address of the operator (Act 32(1)(i))": facts.controller.address,
        "representative of the operator (Act 32(1)(i))": facts.controller.representative,
        "purposes of use (Act 32(1)(ii))": facts.purposes,
        **{
            f"request procedure and fee for {key} (Act 32(1)(iii))": key in kinds
            for key in law.REQUEST_ARTICLES
        },
        "safeguards taken (Order 10(i))": any(group.measures for group in facts.safeguards),
        "contact for complaints (Order 10(ii))": facts.complaints.email or facts.complaints.telephone,
    }
    return tuple(name for name, present in items.items() if not present)


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
