"""第6条: nothing that anybody types becomes a header, a second recipient or a command of a mail."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from pytest_django.fixtures import Settings

from intake.choices import QUESTIONS
from intake.services import mail
from tests import corpus
from tests.intake.desk import AT, stored
from tests.smtp import Sink, sink

pytestmark = pytest.mark.django_db(databases="__all__")

STAFF, ADDRESS = "staff@example.jp", "hanako@example.jp"


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[Sink]:
    """A real server on loopback, which hears the commands and not only the message."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL, settings.STAFF_NOTIFY = "casetra@example.jp", [STAFF]
    with sink() as made:
        settings.EMAIL_PORT = made.port
        yield made


@pytest.mark.parametrize("payload", corpus.HEADERS)
def test_an_address_that_came_past_the_form_reaches_nobody_else_and_stops_no_other_mail(
    server: Sink, payload: str
) -> None:
    one, other = stored(email=payload), stored(email=ADDRESS)
    mail.send_pending(at=AT, limit=10)
    assert_only(server, ADDRESS)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.acknowledged_at, one.mail_refused_at) == (None, AT)
    assert other.acknowledged_at == AT
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=0, refused=0, left=0)


def assert_only(server: Sink, *addresses: str) -> None:
    """Every mail went to one of these or to staff, and nothing became a header of it."""
    assert server.mails
    for recipients, message in zip(server.recipients, server.mails, strict=True):
        assert set(recipients) <= {STAFF, *addresses}
        assert [str(message["To"])] == recipients
        assert not {"bcc", "cc", "x-injected"} & {name.lower() for name in message}


@pytest.mark.parametrize("payload", [*corpus.HEADERS, *corpus.SCRIPTS, *corpus.FORMULAS, *corpus.BIDI])
def test_nothing_typed_in_any_other_field_is_in_any_mail(server: Sink, payload: str) -> None:
    typed: dict[str, Any] = {q.field: payload for q in QUESTIONS if q.options is None and q.field != "email"}
    plain = payload.replace("\x00", "")  # PostgreSQL takes no NUL; in an envelope it would be no matter
    stored(**typed | {"company_name": plain, "email": ADDRESS})
    assert mail.send_pending(at=AT, limit=10).sent == 2
    assert_only(server, ADDRESS)
    for message in server.mails:
        text = f"{dict(message.items())}{message.get_content()}"
        assert payload.strip() not in text
        assert "evil" not in text


@pytest.mark.parametrize("address", corpus.FORMULA_ADDRESSES)
def test_an_odd_address_gets_its_mail_as_every_other(server: Sink, address: str) -> None:
    stored(email=address)
    assert mail.send_pending(at=AT, limit=10).sent == 2
    assert_only(server, address)


def test_a_domain_that_no_mail_can_name_is_refused_for_good_and_stops_no_other(server: Sink) -> None:
    one, other = stored(email="taro@" + "あ" * 63 + ".jp", at=AT - timedelta(hours=1)), stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=3, refused=1, left=0)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.mail_refused_at, other.acknowledged_at) == (AT, AT)


def test_what_nobody_thought_of_stays_due_stops_no_other_and_is_told_without_the_address(
    server: Sink, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.STAFF_NOTIFY = []
    for number in range(4):  # more than the faults in a row that mean a server that is away
        stored(email=f"odd{number}@example.jp", at=AT - timedelta(hours=1))
    other = stored()
    real = EmailBackend.send_messages

    def stumble(backend: EmailBackend, messages: list[EmailMessage]) -> int:
        if messages[0].to[0].startswith("odd"):
            raise IndexError(f"list index out of range: {messages[0].to}")
        return real(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", stumble)
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=1, refused=0, left=4)
    other.refresh_from_db()
    assert other.acknowledged_at == AT
    said = [record for record in caplog.records if record.message == "mail not sent"]
    assert len(said) == 4
    assert not any("odd" in f"{logging.Formatter().format(each)}{vars(each)}" for each in said)
