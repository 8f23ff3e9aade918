"""2-1: sending the mails about consultations. What is not yet sent is what the record says is not yet sent."""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from intake.models import OPEN, Consultation
from intake.rules import refusals, text
from intake.services import letters
from safeguards.services.envelopes import SealError, UnknownKey

logger = logging.getLogger(__name__)

# After two weeks staff have answered; "we have received it" would only puzzle. It also keeps a first run, or the
# first STAFF_NOTIFY, from writing about every record there ever was.
DUE_FOR = timedelta(days=14)
# An address from which mail comes back gets none. In the words of the model's partial index, and one more.
UNSENT = Q(acknowledged_at=None, mail_refused_at=None, bounced_at=None)
# Then the server is away, and the other mails would only wait for it, one after the other.
_FAULTS_IN_A_ROW = 3


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


_ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPDataError, SealError, UnknownKey, Unsendable)
_CLOSING = 421  # RFC 5321 §4.2.3: the server goes away, whatever it was about to answer


class _Outcome(Enum):
    """What became of one mail."""

    SENT = auto()
    REFUSED = auto()
    PUT_OFF = auto()  # what was answered about this mail; another may pass
    FAULT = auto()  # the server is away or refuses us
    NOT_DUE = auto()  # any more; or another sender has it


# Who is done with gets no mail any more that says we shall be in touch.
_ACKNOWLEDGEMENT = _Kind("acknowledged_at", letters.acknowledgement, UNSENT & OPEN)
_NOTICE = _Kind("staff_notified_at", letters.notice, Q(staff_notified_at=None))


def send_after_commit(record_id: UUID, *, at: datetime) -> None:
    """`send_first`, once the caller's transaction stands.

    Robust: a fault that nobody thought of must not tell the person otherwise. (No `partial`: Django looks for the
    name of what failed, and would stumble over it.)
    """
    transaction.on_commit(lambda: send_first(record_id, at=at), robust=True)


def send_first(record_id: UUID, *, at: datetime) -> None:
    """Try a new consultation's mails once. A fault is logged and leaves them due; it is never the person's."""
    for kind in _kinds():
        if _send(kind, record_id, at=at) is _Outcome.FAULT:
            return  # the person waits: not a second time for the same server


def send_pending(*, at: datetime, limit: int) -> Report:
    """Send at most `limit` mails that are due, the oldest first. Several senders may run at once."""
    outcomes: Counter[_Outcome] = Counter()
    for kind in _kinds():
        waiting = Consultation.objects.filter(_due(kind, at)).order_by("submitted_at", "id")
        ids = waiting.values_list("id", flat=True)
        in_a_row = 0
        for record_id in ids[: limit - outcomes.total()]:
            outcome = _send(kind, record_id, at=at)
            outcomes[outcome] += 1
            in_a_row = in_a_row + 1 if outcome is _Outcome.FAULT else 0
            if in_a_row == _FAULTS_IN_A_ROW:
                return _report(outcomes)
    return _report(outcomes)


def due(*, at: datetime) -> Q:
    """Those whose acknowledgement will be sent, or tried again, without anybody's doing."""
    return _due(_ACKNOWLEDGEMENT, at)


def _report(outcomes: Counter[_Outcome]) -> Report:
    left = outcomes[_Outcome.PUT_OFF] + outcomes[_Outcome.FAULT]
    return Report(sent=outcomes[_Outcome.SENT], refused=outcomes[_Outcome.REFUSED], left=left)


def _kinds() -> tuple[_Kind, ...]:
    by_smtp = settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend")
    if not settings.DEFAULT_FROM_EMAIL or (by_smtp and not settings.EMAIL_HOST):
        return ()  # no mail is set up (casetra.W002): nobody waits for a server that is not there
    return (_ACKNOWLEDGEMENT, _NOTICE) if settings.STAFF_NOTIFY else (_ACKNOWLEDGEMENT,)


def _due(kind: _Kind, at: datetime) -> Q:
    return kind.due & Q(submitted_at__gte=at - DUE_FOR)


def _send(kind: _Kind, record_id: UUID, *, at: datetime) -> _Outcome:
    """One mail, one transaction: whoever holds the row's lock sends it, everybody else passes it by.

    A sender that dies between the server's acceptance and the commit leaves the mail due; it is repeated then,
    under the same Message-ID.
    """
    with transaction.atomic():
        row = Consultation.objects.select_for_update(skip_locked=True).filter(_due(kind, at), id=record_id)
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
    code, reply = _answer(error)
    refused = isinstance(error, SMTPRecipientsRefused) and refusals.is_final(code, reply)
    if refused or isinstance(error, AddressUnusable):
        # An address of ours that is no good (STAFF_NOTIFY) is not the record's fault.
        outcome = _Outcome.REFUSED if kind is _ACKNOWLEDGEMENT else _Outcome.FAULT
    elif isinstance(error, _ABOUT_ONE_MAIL) and code != _CLOSING:
        outcome = _Outcome.PUT_OFF
    else:
        outcome = _Outcome.FAULT
    logger.warning("mail not sent", extra={"fault": type(error).__name__, "status": code or None})
    return outcome


def _answer(error: Exception) -> tuple[int, bytes]:
    """The server's code and words; 0 and none where it said nothing."""
    if isinstance(error, SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return code, reply
    return (error.smtp_code, b"") if isinstance(error, SMTPResponseException) else (0, b"")
