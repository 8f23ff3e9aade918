"""2-1: storing a submission exactly once, its personal part sealed before any SQL is written."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.choices import QUESTIONS, Kind, Review
from intake.models import KIND, Consultation
from intake.rules import company, reference, schema
from intake.rules.answers import Answers, PersonalPart
from intake.rules.reference import RANGE
from intake.services import free_texts, mail, technical
from intake.services.free_texts import Findings
from intake.services.technical import Technical
from policy.services import Edition
from safeguards.services import audit, envelopes

__all__ = [
    "KIND",
    "QUESTIONS",
    "RANGE",
    "Answers",
    "Kind",
    "Receipt",
    "TokenReused",
    "already_sent",
    "store",
    "submit",
]

SCHEMA_DIGEST = schema.digest(QUESTIONS)
_ATTEMPTS = 5  # a reference clashes once in a thousand times at a million records


class TokenReused(Exception):
    """The same page was sent again with other answers; they are not stored."""


@dataclass(frozen=True)
class Receipt:
    """What the person is told."""

    reference: str


def submit(
    answers: Answers,
    *,
    token: UUID,
    edition: Edition,
    at: datetime,
    origin: Technical | None = None,
    found: Findings | None = None,
) -> Receipt:
    """Store the answers, or find them stored already under this token.

    Record, data key and audit entry are one transaction; the mails are sent after it. `edition` is the one that
    the page showed, `origin` the connection that it was sent from, as far as it is known (2-3), `found` what the
    screen finds in these answers, where the caller has just asked it (it costs half of what storing does).
    The same token with the same answers gives the first receipt again; with others, TokenReused.
    """
    for _ in range(_ATTEMPTS):
        record_id = uuid4()
        try:
            with transaction.atomic():
                number = secrets.randbelow(RANGE)
                receipt = store(
                    record_id,
                    answers,
                    token=token,
                    number=number,
                    edition=edition,
                    at=at,
                    origin=origin,
                    found=found,
                )
                mail.send_after_commit(record_id, at=at)
                return receipt
        except IntegrityError as error:
            for kind in (KIND, technical.KIND):  # with a vault apart they were committed
                envelopes.destroy(kind=kind, record_ids=[record_id])
            if earlier := already_sent(answers, token=token):
                return earlier
            clash = error
    raise clash


def already_sent(answers: Answers, *, token: UUID) -> Receipt | None:
    """The receipt of the record that is stored under this token, if there is one; TokenReused as `submit`."""
    stored = Consultation.objects.filter(submission_token=token).first()
    return _again(stored, answers) if stored else None


def store(
    record_id: UUID,
    answers: Answers,
    *,
    token: UUID,
    number: int,
    edition: Edition,
    at: datetime,
    origin: Technical | None = None,
    found: Findings | None = None,
) -> Receipt:
    """Write record, data keys and audit entry in the caller's transaction; no mail is sent.

    The reference is made of `number`, below RANGE; IntegrityError where another record has it or the token. `found`
    as in `submit`.
    """
    sealed = envelopes.seal(answers.personal, kind=KIND, record_id=record_id, at=at, lookup=answers.email)
    normal = company.normal(answers.company_name)
    if found is None:
        found = free_texts.find(answers.personal, company=answers.company_name)
    consultation = Consultation(
        id=record_id,
        reference=reference.from_number(number),
        submitted_at=at,
        last_contact_on=timezone.localdate(at),  # 第9条: the submission is the first contact
        company_normal=normal,
        company_grams=company.grams(normal),
        sealed=sealed,
        technical=technical.seal(origin, record_id=record_id, at=at) if origin else None,
        policy_edition=edition.effective_on,
        policy_digest=edition.digest,
        schema_digest=SCHEMA_DIGEST,
        submission_token=token,
        screened_with=free_texts.rules_digest(),
        review=Review.DUE if found else "",
        flagged_at=at if found else None,
        **answers.plain,
    )
    consultation.save(force_insert=True)
    audit.record(
        audit.Event.CONSULTATION_SUBMITTED, actor=None, at=at, subject_kind=KIND, subject_id=record_id
    )
    if found:
        label = free_texts.counted(found)
        event = audit.Event.CONSULTATION_FLAGGED
        audit.record(event, actor=None, at=at, subject_kind=KIND, subject_id=record_id, label=label)
    return Receipt(consultation.reference)


def _again(stored: Consultation, answers: Answers) -> Receipt:
    # Compared inside the envelope: a digest of the answers kept outside it would confirm guesses.
    personal = envelopes.open(stored.sealed, kind=KIND, record_id=stored.id, into=PersonalPart)
    plain = {name: getattr(stored, name) for name in answers.plain}
    # Where staff have masked something since, nobody knows any more what stood there: it counts as the same.
    masked = {name: text for name, text in asdict(personal).items() if free_texts.MASK in text}
    if (personal, plain) != (replace(answers.personal, **masked), answers.plain):
        raise TokenReused
    return Receipt(stored.reference)
