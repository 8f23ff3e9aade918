"""A mail server on loopback, as small as it can be: it takes mails, or refuses, or keeps people waiting."""

import email
import email.policy
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Sink:
    """What the server was given, and how it behaves."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)  # to RCPT, by address
    to_data: str = "250 taken"
    to_quit: str = "221 bye"
    seconds_to_take: float = 0
    farewell: threading.Event = field(default_factory=threading.Event)  # QUIT is answered once this is set
    accepted: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """As EMAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        """The Message-IDs in the order of arrival."""
        return [str(mail["Message-ID"]) for mail in self.mails]


@contextmanager
def sink() -> Iterator[Sink]:
    """A server that runs until the end of the block."""
    made = Sink()
    made.farewell.set()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever is killed says no farewell
                _talk(self, made)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 50

    with Server(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.farewell.set()
            server.shutdown()
            thread.join()


def _talk(handler: socketserver.StreamRequestHandler, made: Sink) -> None:
    def say(line: str) -> None:
        handler.wfile.write(line.encode() + b"\r\n")

    say("220 sink")
    recipients: list[str] = []
    while line := handler.rfile.readline().decode():
        match line[:4].upper():
            case "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
                say(made.replies.get(recipients[-1], "250 fine"))
            case "DATA":
                say("354 go on")
                say(_take(handler, made, recipients))
            case "QUIT":
                made.farewell.wait(30)
                say(made.to_quit)
                return
            case _:
                recipients = []
                say("250 fine")


def _take(handler: socketserver.StreamRequestHandler, made: Sink, recipients: list[str]) -> str:
    raw = b""
    while (line := handler.rfile.readline()) != b".\r\n":
        if not line:
            raise ConnectionResetError
        raw += line
    time.sleep(made.seconds_to_take)
    if made.to_data.startswith("2"):
        made.mails.append(email.message_from_bytes(raw, policy=email.policy.default))
        made.recipients.append(list(recipients))
        made.accepted.set()
    return made.to_data
