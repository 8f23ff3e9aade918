"""2-1: a mail server that is away, silent, choosy or clumsy, on loopback."""

import io
import logging
import socket
import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from casetra import settings as project
from casetra.logs import JsonFormatter
from intake.models import Consultation
from intake.rules import refusals
from intake.services import mail
from tests.intake.client import post
from tests.intake.test_mail import ADDRESS, AT, stored
from tests.intake.test_sending import sendable
from tests.smtp import Sink, sink

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[Sink]:
    """A server that takes everything until it is told otherwise; no staff to notify."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.STAFF_NOTIFY = []
    with sink() as made:
        settings.EMAIL_PORT = made.port
        yield made


def state(consultation: Consultation) -> tuple[bool, bool]:
    """Whether it is acknowledged, and whether its address was refused for good."""
    consultation.refresh_from_db()
    return consultation.acknowledged_at is not None, consultation.mail_refused_at is not None


def nobody_listens() -> int:
    """A port at which a connection is refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def submitted(client: Client, callbacks: DjangoCaptureOnCommitCallbacks) -> float:
    """Send the form as far as the thanks page; the seconds that it took."""
    data, start = sendable(client, email=ADDRESS), time.monotonic()
    with callbacks(execute=True):
        answer = post(client, "submit", **data)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/consultation/thanks/")
    return time.monotonic() - start


def test_a_mail_arrives_with_its_recipient_and_in_japanese(server: Sink) -> None:
    consultation = stored()
    mail.send_first(consultation.id, at=AT)
    (got,) = server.mails
    assert server.recipients == [[ADDRESS]]
    assert consultation.reference in got.get_content()
    assert "無料相談" in got["Subject"]


def test_with_the_server_away_the_submission_succeeds_and_its_mail_goes_later(
    client: Client,
    server: Sink,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_PORT = nobody_listens()
    assert submitted(client, django_capture_on_commit_callbacks) < 2
    consultation = Consultation.objects.get()
    assert state(consultation) == (False, False)
    settings.EMAIL_PORT = server.port
    call_command("send_pending_mail", stdout=io.StringIO())
    assert state(consultation) == (True, False)
    assert server.recipients == [[ADDRESS]]


def test_a_server_that_never_answers_holds_the_person_up_for_one_time_out(
    client: Client,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.STAFF_NOTIFY = ["staff@example.jp"]  # the second mail is not even tried
    settings.EMAIL_TIMEOUT = 1
    with socket.create_server(("127.0.0.1", 0)) as hole:
        settings.EMAIL_PORT = hole.getsockname()[1]
        took = submitted(client, django_capture_on_commit_callbacks)
    assert 1 <= took < 2
    assert state(Consultation.objects.get()) == (False, False)


def test_the_real_time_out_is_short() -> None:
    assert 0 < project.EMAIL_TIMEOUT <= 5


@pytest.mark.parametrize(
    "reply", ["550 5.1.1 no such user", "550 unknown", "551 moved", "553 5.1.3 bad address", "552 5.2.2 full"]
)
def test_an_address_that_is_refused_for_good_is_noted_and_not_tried_again(server: Sink, reply: str) -> None:
    server.replies[ADDRESS] = reply
    consultation, other = stored(), stored("other@example.jp")
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=1, refused=1, left=0)
    assert (state(consultation), state(other)) == ((False, True), (True, False))
    server.replies.clear()
    assert mail.send_pending(at=AT, limit=10).sent == 0


@pytest.mark.parametrize(
    "reply",
    [
        "450 4.2.0 greylisted",
        "451 later",
        "554 5.7.1 Relay access denied",
        "550 relaying denied",
        "530 5.7.0 Authentication required",
        "550 5.1.8 sender unknown",
    ],
)
def test_a_refusal_for_now_or_of_our_settings_leaves_the_mail_due(server: Sink, reply: str) -> None:
    server.replies[ADDRESS] = reply
    consultation = stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=0, refused=0, left=1)
    assert state(consultation) == (False, False)
    server.replies.clear()
    assert mail.send_pending(at=AT, limit=10).sent == 1


def test_addresses_that_are_put_off_do_not_look_like_a_server_that_is_away(server: Sink) -> None:
    for number in range(5):
        server.replies[f"p{number}@example.jp"] = "450 later"
        stored(f"p{number}@example.jp")
    stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=1, refused=0, left=5)


def test_three_addresses_that_are_refused_by_policy_hold_up_nobody(server: Sink, settings: Settings) -> None:
    settings.STAFF_NOTIFY = ["staff@example.jp"]
    for number in range(3):
        server.replies[f"p{number}@example.jp"] = "554 5.7.1 refused by policy"
        stored(f"p{number}@example.jp")
    last = stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=5, refused=0, left=3)
    assert state(last) == (True, False)


def test_a_text_that_is_refused_holds_up_nobody(server: Sink) -> None:
    server.to_data = "554 5.7.1 looks like spam"
    for _ in range(4):
        stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=0, refused=0, left=4)


def test_a_run_stops_after_three_faults_in_a_row(server: Sink) -> None:
    server.to_data = "421 closing"
    records = [stored() for _ in range(5)]
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=0, refused=0, left=3)
    server.to_data = "250 taken"
    assert mail.send_pending(at=AT, limit=10).sent == 5
    assert {state(record) for record in records} == {(True, False)}


def test_a_stumble_over_the_farewell_repeats_no_mail(server: Sink) -> None:
    server.to_quit = "421 gone"
    consultation = stored()
    assert mail.send_pending(at=AT, limit=10).sent == 1
    assert state(consultation) == (True, False)


def test_staff_whose_address_is_refused_leave_the_record_as_it_is(server: Sink, settings: Settings) -> None:
    settings.STAFF_NOTIFY = ["gone@example.jp"]
    server.replies["gone@example.jp"] = "550 5.1.1 no such user"
    consultation = stored()
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=1, refused=0, left=1)
    assert state(consultation) == (True, False)


def test_the_command_tells_counts_and_fails_while_something_is_left(server: Sink) -> None:
    stored()
    server.to_data = "451 later"
    with pytest.raises(CommandError, match=r"^0 sent, 0 refused for good, 1 left after a fault$"):
        call_command("send_pending_mail")
    server.to_data = "250 taken"
    out = io.StringIO()
    call_command("send_pending_mail", stdout=out)
    assert out.getvalue() == "1 sent, 0 refused for good, 0 left after a fault\n"
    with pytest.raises(CommandError, match="at least 1"):
        call_command("send_pending_mail", limit=0)


def test_no_log_line_holds_the_address(
    server: Sink, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    consultation = stored()
    server.replies[ADDRESS] = f"450 {ADDRESS} later"
    mail.send_first(consultation.id, at=AT)
    server.replies[ADDRESS] = f"550 {ADDRESS} unknown"
    mail.send_first(consultation.id, at=AT)
    lines = [record for record in caplog.records if record.name == "intake.services.mail"]
    assert len(lines) == 2
    formatter = logging.Formatter()
    for record in lines:
        assert "qzmarkzq" not in formatter.format(record) + JsonFormatter().format(record) + str(vars(record))
    assert '"fault": "SMTPRecipientsRefused"' in JsonFormatter().format(lines[0])
    assert '"status": 450' in JsonFormatter().format(lines[0])


@pytest.mark.parametrize(
    ("code", "reply", "final"),
    [
        (550, b"", True),
        (550, b"5.1.1 <relative@example.jp>: unknown", True),
        (556, b"5.1.10 null MX", True),
        (554, b"5.7.1 Relay access denied", False),
        (550, b"we do not relay", False),
        (550, b"5.1.7 bad sender", False),
        (535, b"5.7.8 credentials", False),
        (503, b"5.5.1 out of order", False),
        (450, b"4.1.1 later", False),
        (600, b"", False),
    ],
)
@pytest.mark.django_db(databases=[])
def test_only_what_is_about_the_address_and_final_is_a_refusal_for_good(
    code: int, reply: bytes, final: bool
) -> None:
    assert refusals.is_final(code, reply) is final
