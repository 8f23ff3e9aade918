"""2-1: a mail server that goes away and comes back, two senders at once, and one killed at the worst moment."""

import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from tests.smtp import Sink, sink
from tests.system.client import Client
from tests.system.marks import KANJI, LATIN, traces
from tests.system.server import Database, running

SUBMISSIONS = 12
STAFF = "staff@example.com"


@dataclass(frozen=True)
class Story:
    """What happened from the first submission to the last mail."""

    database: Database
    server: Sink
    references: list[str]
    addresses: list[str]
    slowest: float
    output: str
    due: tuple[object, ...]
    ran: list[str]


def send(database: Database, server: Sink, **environment: str) -> str:
    """One run of the command against this server, with a notice to staff."""
    return database.manage("send_pending_mail", EMAIL_URL=server.url, STAFF_NOTIFY=STAFF, **environment)


def due(database: Database) -> tuple[object, ...]:
    """How many acknowledgements and notices are not yet sent."""
    with database.connect() as connection:
        row = connection.execute(
            "SELECT count(*) FILTER (WHERE acknowledged_at IS NULL),"
            " count(*) FILTER (WHERE staff_notified_at IS NULL) FROM intake_consultation"
        ).fetchone()
    assert row
    return row


def answers(address: str) -> list[tuple[str, str]]:
    """A form with marks wherever somebody may type."""
    typed = [(key, f"{KANJI}{LATIN}") for key in ("contactName", "position", "security", "companyName")]
    return [("email", address), *typed]


@pytest.fixture(scope="module")
def story(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The server is away while people submit; then it is back, and two senders start at once."""
    log: Path = tmp_path_factory.mktemp("mail") / "gunicorn.log"
    addresses = [f"{LATIN}.{number}@example.com" for number in range(SUBMISSIONS)]
    references, slowest = [], 0.0
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and does not listen
        away = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
        with running(database, workers=2, log=log, EMAIL_URL=away, STAFF_NOTIFY=STAFF) as site:
            for address in addresses:
                client = Client(site.address)
                start = monotonic()
                page = client.send_form(answers(address))
                slowest = max(slowest, monotonic() - start)
                assert page.status == 302, page.text
                references.append(client.get(page.header("Location")).reference())
    was_due = due(database)
    with sink() as server, ThreadPoolExecutor(2) as senders:
        server.seconds_to_take = 0.1  # so that the two meet
        ran = list(senders.map(lambda _: send(database, server), range(2)))
        yield Story(database, server, references, addresses, slowest, log.read_text(), was_due, ran)


def test_while_the_server_is_away_everybody_gets_a_reference_and_every_mail_stays_due(story: Story) -> None:
    assert all(story.references)
    assert len(set(story.references)) == SUBMISSIONS
    assert story.due == (SUBMISSIONS, SUBMISSIONS)
    assert story.slowest < 5
    assert '"fault": "ConnectionRefusedError"' in story.output


def test_two_senders_at_once_send_one_mail_each_and_nothing_twice(story: Story) -> None:
    sent = [int(line.split()[0]) for line in story.ran]
    assert sum(sent) == 2 * SUBMISSIONS
    assert all(sent), "both took part, or they did not meet"
    assert set(Counter(story.server.ids).values()) == {1}
    got = Counter(recipient for recipients in story.server.recipients for recipient in recipients)
    assert got == Counter({STAFF: SUBMISSIONS} | dict.fromkeys(story.addresses, 1))
    assert due(story.database) == (0, 0)


def test_every_acknowledgement_names_the_reference_that_its_reader_saw(story: Story) -> None:
    received = {
        recipients[0]: mail.get_content()
        for recipients, mail in zip(story.server.recipients, story.server.mails, strict=True)
    }
    for address, reference in zip(story.addresses, story.references, strict=True):
        assert reference in received[address]


def test_no_mail_holds_a_mark_but_for_the_address_it_goes_to(story: Story) -> None:
    for mail in story.server.mails:
        to = str(mail["To"])
        del mail["To"]
        assert traces(f"{dict(mail.items())}{mail.get_content()}".encode() + mail.as_bytes()) == []
        mail["To"] = to


def test_no_log_line_holds_a_mark(story: Story) -> None:
    assert "mail not sent" in story.output
    assert traces(story.output) == []
    assert traces("".join(story.ran)) == []


def test_a_sender_killed_after_the_server_took_the_mail_repeats_it_once_under_the_same_id(
    story: Story,
) -> None:
    database, server = story.database, story.server
    with database.connect() as connection:
        connection.execute("UPDATE intake_consultation SET acknowledged_at = NULL")
    before = len(server.ids)
    server.accepted.clear()
    server.farewell.clear()  # the mail is accepted, the sender waits for the farewell, nothing is noted
    killed = database.start("send_pending_mail", EMAIL_URL=server.url, STAFF_NOTIFY=STAFF)
    try:
        assert server.accepted.wait(30)
        assert due(database) == (SUBMISSIONS, 0)
    finally:
        killed.kill()
        killed.wait()
        server.farewell.set()
    send(database, server)
    assert due(database) == (0, 0)
    ids = server.ids[before:]
    assert len(ids) == SUBMISSIONS + 1
    assert Counter(Counter(ids).values()) == {1: SUBMISSIONS - 1, 2: 1}
    assert Counter(ids)[ids[0]] == 2  # the one that was under way
    assert set(ids) <= set(server.ids[:before])  # and everyone's id is what it ever was
