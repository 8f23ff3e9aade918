"""2-1: sending the mails about consultations. What is not yet sent is what the record says is not yet sent."""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from intake.models import Consultation
from intake.rules import refusals, text
from intake.services import letters
from safeguards.services.envelopes import SealError, UnknownKey

logger = logging.getLogger(__name__)

# After two weeks staff have answered; "we have received it" would only puzzle. It also keeps a first run, or the
# first STAFF_NOTIFY, from writing about every record there ever was.
DUE_FOR = timedelta(days=14)
# An address from which mail comes back gets none. In the words of the model's partial index, and one more.
UNSENT = Q(acknowledged_at=None, mail_refused_at=None, bounced_at=None)
_FAULTS_IN_A_ROW = (
    3  # then the server is away, and the other mails would only wait for it, one after the other
)


@dataclass(frozen=True)
class Report:
    """What a run did: mails sent, addresses refused for good, and mails that stay due after a fault."""

    sent: int
    refused: int
    left: int


@dataclass(frozen=True)
class _Kind:
    """A kind of mail: the column that notes it, its text, and the state in which it is due."""

    noted_as: str
    compose: Callable[..., EmailMessage]
    due: Q


class AddressUnusable(Exception):
    """What stands in the envelope is not one address and nothing else: it holds a line break, say."""


class Unsendable(Exception):
    """The mail library stumbled over the message. What it said may quote the address."""


class _Outcome(Enum):
    """What became of one mail."""

    SENT = auto()
    REFUSED = auto()
    PUT_OFF = auto()  # by this record's fault or its address's
    FAULT = auto()  # the server's, or of our settings
    NOT_DUE = auto()  # any more; or another sender has it


_ACKNOWLEDGEMENT = _Kind("acknowledged_at", letters.acknowledgement, UNSENT)
_NOTICE = _Kind("staff_notified_at", letters.notice, Q(staff_notified_at=None))


def send_first(record_id: UUID, *, at: datetime) -> None:
    """Try a new consultation's mails once. A fault is logged and leaves them due; it is never the person's."""
    for kind in _kinds():
        if _send(kind, record_id, at=at) is _Outcome.FAULT:
            return  # the person waits: not a second time for the same server


def send_pending(*, at: datetime, limit: int) -> Report:
    """Send at most `limit` mails that are due, the oldest first. Several senders may run at once."""
    outcomes: Counter[_Outcome] = Counter()
    for kind in _kinds():
        ids = _due(kind, at).order_by("submitted_at", "id").values_list("id", flat=True)
        in_a_row = 0
        for record_id in ids[: limit - outcomes.total()]:
            outcome = _send(kind, record_id, at=at)
            outcomes[outcome] += 1
            in_a_row = in_a_row + 1 if outcome is _Outcome.FAULT else 0
            if in_a_row == _FAULTS_IN_A_ROW:
                return _report(outcomes)
    return _report(outcomes)


def note_sent(record_id: UUID, *, at: datetime) -> None:
    """Note both mails as sent, and send none: for invented consultations, which write to nobody."""
    Consultation.objects.filter(id=record_id).update(acknowledged_at=at, staff_notified_at=at)


def note_refused(record_id: UUID, *, at: datetime) -> None:
    """As `note_sent`, but the prospect's address was refused for good."""
    Consultation.objects.filter(id=record_id).update(mail_refused_at=at, staff_notified_at=at)


def _report(outcomes: Counter[_Outcome]) -> Report:
    left = outcomes[_Outcome.PUT_OFF] + outcomes[_Outcome.FAULT]
    return Report(sent=outcomes[_Outcome.SENT], refused=outcomes[_Outcome.REFUSED], left=left)


def _kinds() -> tuple[_Kind, ...]:
    by_smtp = settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend")
    if not settings.DEFAULT_FROM_EMAIL or (by_smtp and not settings.EMAIL_HOST):
        return ()  # no mail is set up (casetra.W002): nobody waits for a server that is not there
    return (_ACKNOWLEDGEMENT, _NOTICE) if settings.STAFF_NOTIFY else (_ACKNOWLEDGEMENT,)


def _due(kind: _Kind, at: datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(kind.due, submitted_at__gte=at - DUE_FOR)


def _send(kind: _Kind, record_id: UUID, *, at: datetime) -> _Outcome:
    """One mail, one transaction: whoever holds the row's lock sends it, everybody else passes it by.

    A sender that dies between the server's acceptance and the commit leaves the mail due; it is repeated then,
    under the same Message-ID.
    """
    with transaction.atomic():
        row = _due(kind, at).select_for_update(skip_locked=True).filter(id=record_id)
        consultation = row.only("id", "reference", "submitted_at", "sealed").first()
        if consultation is None:
            return _Outcome.NOT_DUE
        try:
            _deliver(kind.compose(consultation, at=at))
        except (OSError, AddressUnusable, Unsendable, SealError, UnknownKey) as error:
            outcome = _judge(kind, error)
        else:
            outcome = _Outcome.SENT
        column = {_Outcome.SENT: kind.noted_as, _Outcome.REFUSED: "mail_refused_at"}.get(outcome)
        if column:
            setattr(consultation, column, at)
            consultation.save(update_fields=[column])
        return outcome


def _deliver(message: EmailMessage) -> None:
    """Hand the message to the server; a server that accepts it and then stumbles over the farewell has it."""
    if not all(map(_is_one_address, message.recipients())):
        raise AddressUnusable
    try:
        message.message()
    except ValueError:  # a domain that has no ASCII form
        raise AddressUnusable from None
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
    except OSError:
        raise
    except Exception:  # whatever it is: the others still wait for their mails
        raise Unsendable from None
    finally:
        with suppress(OSError):
            connection.close()


def _is_one_address(address: str) -> bool:
    """Whether the mail goes there and nowhere else; the form takes no other, but may have been laxer once."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return not (text.is_encoded(address) or text.has_forbidden_characters(address, lines=False))


def _judge(kind: _Kind, error: Exception) -> _Outcome:
    """What a failure means. The log has its class and the server's code: its text may quote the address."""
    code = error.smtp_code if isinstance(error, SMTPResponseException) else None
    outcome = _Outcome.FAULT
    if isinstance(error, SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        outcome = _Outcome.REFUSED if refusals.is_final(code, reply) else _Outcome.FAULT
        if (
            400 <= code <= 499 and code != 421
        ):  # "later", as greylisting says: about the address, not the server
            outcome = _Outcome.PUT_OFF
    elif isinstance(error, (SealError, UnknownKey, Unsendable)):
        outcome = _Outcome.PUT_OFF
    elif isinstance(error, AddressUnusable):
        outcome = _Outcome.REFUSED
    if outcome is _Outcome.REFUSED and kind is not _ACKNOWLEDGEMENT:
        outcome = _Outcome.FAULT  # STAFF_NOTIFY is wrong, not the record
    logger.warning("mail not sent", extra={"fault": type(error).__name__, "status": code})
    return outcome
