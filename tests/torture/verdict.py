"""What must be true at the end, whatever happened: each sentence with the number of those for which it is not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from intake.models import Consultation, Contact, MonthlyCount
from intake.services import reading, technical
from retention.choices import Outcome
from retention.models import PurgeCount, PurgeRun
from safeguards.models import AuditEntry, Erasure, Hold, RecordKey
from safeguards.services import envelopes
from tests.torture.crowd import Crowd
from tests.torture.field import over_before
from tests.torture.rounds import Ordeal


@dataclass(frozen=True)
class Facts:
    """What the database holds. The audit cannot be changed: what it has seen come is what there ever was."""

    there: dict[UUID, Consultation]
    gone: set[UUID]
    ledger: dict[UUID, UUID | None]
    held: set[UUID]
    contacts_of_gone: int
    told: dict[str, set[str]]

    def told_of(self, said: str) -> set[UUID]:
        """The records of which somebody was told this."""
        return {UUID(about) for about in self.told.get(said, ())}


def facts(crowd: Crowd) -> Facts:
    there = {each.id: each for each in Consultation.objects.all()}
    ever = set(_subjects("consultation.submitted"))
    contacts = Counter(_subjects("contact.recorded"))
    told: dict[str, set[str]] = {}
    for said, about in crowd.told():
        told.setdefault(said, set()).add(about)
    return Facts(
        there=there,
        gone=ever - there.keys(),
        ledger=dict(Erasure.objects.values_list("record_id", "run")),
        held=set(Hold.objects.filter(released_at=None).values_list("record_id", flat=True)),
        contacts_of_gone=sum(number for each, number in contacts.items() if each not in there),
        told=told,
    )


def failures(ordeal: Ordeal, found: Facts) -> list[str]:
    """The sentences that are not true."""
    sentences = [
        *_erased(ordeal, found),
        *_kept(ordeal, found),
        *_readable(found),
        *_added_up(found),
        *_runs(ordeal),
    ]
    return [f"{sentence}: not so for {number}" for sentence, number in sentences if number]


Sentences = Iterator[tuple[str, int]]


def _erased(ordeal: Ordeal, found: Facts) -> Sentences:
    over = over_before(ordeal.today)
    due = {each.id for each in found.there.values() if each.last_contact_on < over}
    yield "every record that is due and not held is gone", len(due - found.held)
    yield "every record that is gone stands in the ledger", len(found.gone - found.ledger.keys())
    yield "every record in the ledger is gone", len(found.ledger.keys() - found.gone)
    yield "every key of a record that is gone is gone", _of(RecordKey, found.gone)
    yield (
        "every contact of a record that is gone is gone",
        Contact.objects.exclude(consultation_id__in=found.there).count(),
    )
    yield "every erasure came to its end", Erasure.objects.filter(drained_at=None).count()
    yield "nothing that is gone is held", len(found.held & found.gone)
    yield (
        "who was told that a record is gone was told the truth",
        len((found.told_of("gone") | found.told_of("no such record")) - found.gone),
    )


def _kept(ordeal: Ordeal, found: Facts) -> Sentences:
    receipts = {f"{each.submission_token} {each.reference}" for each in found.there.values()}
    held = ordeal.sown.held | (found.told_of("held") - found.told_of("releasing"))
    yield "no acknowledged submission is lost", len(found.told.get("acknowledged", set()) - receipts)
    yield "no record is lost that is not over", len(ordeal.sown.kept - found.there.keys())
    yield "no held record is lost", len(held - found.there.keys())
    yield "no hold is lost", len(held - found.held)
    yield "no record is lost that was just contacted", len(found.told_of("contacted") - found.there.keys())
    recorded = set(Contact.objects.values_list("consultation_id", flat=True))
    yield "no contact is lost that counts", len(found.told_of("contacted") - recorded)


def _readable(found: Facts) -> Sentences:
    shut = sum(not _opens(each) for each in found.there.values())
    yield "everything that is left can be read", shut


def _opens(each: Consultation) -> bool:
    try:
        reading.unseal(each)
        if each.technical is not None:
            envelopes.open(each.technical, kind=technical.KIND, record_id=each.id, into=technical.Technical)
    except (envelopes.SealError, envelopes.UnknownKey):
        return False
    return True


def _added_up(found: Facts) -> Sentences:
    """The certificates against what is gone, by each way in which that can be told."""
    total = dict(PurgeCount.objects.values_list("what").annotate(n=Sum("number")))
    monthly = MonthlyCount.objects.filter(question="").aggregate(n=Sum("number"))["n"] or 0
    one_answer = MonthlyCount.objects.filter(question="employee_count").aggregate(n=Sum("number"))["n"] or 0
    erased = len(found.gone)
    for name, number, expected in (
        ("records", total["consultation"], erased),
        ("records whose keys are destroyed", total["keys"], erased),
        ("contacts", total["contact"], found.contacts_of_gone),
        ("records in the audit", _labelled("consultations.erased"), erased),
        ("connections", total["technical"], _labelled("technical.erased")),
        ("records in the monthly counts", monthly, erased),
        ("answers in the monthly counts", one_answer, erased),
    ):
        yield f"the certificates count the {name} exactly ({number}, {expected})", abs(number - expected)
    by_run = Counter(found.ledger.values())
    for what in ("consultation", "keys"):
        counted = PurgeCount.objects.filter(what=what).values_list("run", "number")
        wrong = [run for run, number in counted if by_run[run] != number]
        yield f"every run counts the {what} of its own", len(wrong)


def _runs(ordeal: Ordeal) -> Sentences:
    yield "the last run came to its end", int(ordeal.last["outcome"] != Outcome.DONE)
    yield "the last run left nothing for the next", ordeal.last["remaining"]
    yield "no run is left without an end", PurgeRun.objects.filter(outcome=Outcome.RUNNING).count()
    yield "after every run somebody has looked", PurgeRun.objects.filter(residue__isnull=True).count()
    left = [each for each in PurgeRun.objects.all() if not all(one["id_only"] for one in each.residue or [])]
    yield "no run left anything but bare ids", len(left)


def _subjects(event: str) -> list[UUID]:
    ids = AuditEntry.objects.filter(event=event).values_list("subject_id", flat=True)
    return [each for each in ids if each is not None]


def _labelled(event: str) -> int:
    """The numbers in the labels of these entries, added up."""
    labels = AuditEntry.objects.filter(event=event).values_list("label", flat=True)
    return sum(int(label.rpartition(" ")[2]) for label in labels)


def _of(model: type[RecordKey], ids: set[UUID]) -> int:
    return model.objects.filter(record_id__in=ids).count()
