"""2-1: two hundred people send at once, some twice, while workers are killed: each is stored exactly once."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.system.client import FORM, Client, Fields, Page, submission
from tests.system.server import Database, Server, running

PEOPLE = 200
DOUBLED, TRIPLED, CHANGED, IMPATIENT = 30, 15, 15, 40
EVERY, CUT_OFF = 7, 4
WORKERS = 3
REUSED = "前に一度受け付けています"
SEED = 20260102


@dataclass(frozen=True)
class Sending:
    """One press of 「送信する」: what was sent, whether the person tries again without an answer, what came."""

    answers: Fields
    patient: bool
    got: list[Page | None] = field(default_factory=list)

    @property
    def email(self) -> str:
        return dict(self.answers)["email"]

    @property
    def accepted(self) -> str:
        """The reference that the thanks page showed, or nothing."""
        return next((page.reference() for page in self.got if page and page.reference()), "")

    @property
    def told_reused(self) -> bool:
        return any(REUSED in page.text for page in self.got if page)


@dataclass(frozen=True)
class Person:
    """One check page, and every sending of it."""

    client: Client
    check: Page
    token: str
    sendings: tuple[Sending, ...]


@dataclass(frozen=True)
class Outcome:
    """What everybody was told, and what the database holds."""

    people: list[Person]
    stored: list[dict[str, str]]
    killed: list[int]
    database: Database


def answers(name: str) -> Fields:
    """A short form; the address tells one sending's answers from another's."""
    return [
        ("employeeCount", "50_299"),
        ("email", f"{name}@example.jp"),
        ("contactName", f"髙﨑 {name}"),
        ("security", f"要件\n{name}"),
    ]


def person(address: tuple[str, int], number: int) -> Person:
    """Somebody who has come to the check page. The first ones send it twice, three times, or changed."""
    client, own = Client(address), answers(f"person-{number}")
    changed = answers(f"person-{number}-changed")
    if number < DOUBLED:
        sent = [own, own]
    elif number < DOUBLED + TRIPLED:
        sent = [own, own, own]
    elif number < DOUBLED + TRIPLED + CHANGED:
        sent = [own, changed]
    else:
        sent = [own]
    patient = number < PEOPLE - IMPATIENT
    check = client.check_page(own)
    token = dict(check.hidden())["token"].partition(":")[0]  # without its signature
    return Person(client, check, token, tuple(Sending(each, patient) for each in sent))


def send(client: Client, check: Page, sending: Sending) -> None:
    """Press the button; without an answer, the patient press it again until one comes."""
    browser = Client(client.address, cookies=dict(client.cookies))
    for _ in range(20):
        page = _press(browser, check, sending)
        sending.got.append(page)
        if page is not None or not sending.patient:
            return
        time.sleep(0.05)


def _press(browser: Client, check: Page, sending: Sending) -> Page | None:
    try:
        page = browser.post(FORM, submission(check, sending.answers))
    except (HTTPException, OSError):
        return None
    while page.status == 302:
        try:
            page = browser.get(page.header("Location"))
        except (HTTPException, OSError):
            time.sleep(0.05)  # the answer came; only the next page did not
    return page


class Killer:
    """Kills every worker after each few answers, at once, until enough people were cut off.

    Answers and not seconds: a slow machine is no other test. Every worker, since a single one may be idle.
    And until people were cut off, since a server that is faster than its clients may hold nobody at all.
    """

    def __init__(self, server: Server, presses: int) -> None:
        self.server, self.last = server, presses * 2 // 3
        self.living, self.killed = sorted(server.workers()), list[int]()
        self.answers, self.cut_off, self.lock = 0, 0, threading.Lock()

    def count(self, *, cut_off: bool) -> None:
        """One more press has ended. At its moment the thread that counts kills, while others are waiting."""
        with self.lock:
            self.answers += 1
            self.cut_off += cut_off
            if self.answers % EVERY == 0 and self.answers < self.last and self.cut_off < CUT_OFF:
                for victim in self.living:
                    self.server.kill(victim)
                self.killed.extend(self.living)
                # Looked up after the kill and not before the next: nobody's answer slips in between.
                while not (living := sorted(set(self.server.workers()) - set(self.killed))):
                    time.sleep(0.02)
                self.living = living


def send_all(server: Server, people: list[Person]) -> list[int]:
    """Everybody presses at the same moment; meanwhile workers are killed. The killed ones' ids."""
    presses = [(each, sending) for each in people for sending in each.sendings]
    random.Random(SEED).shuffle(presses)  # noqa: S311 - a repeatable order, no secret
    start, killer = threading.Barrier(len(presses)), Killer(server, len(presses))

    def press(who: Person, sending: Sending) -> None:
        start.wait()
        send(who.client, who.check, sending)
        killer.count(cut_off=sending.patient and None in sending.got)

    threads = [threading.Thread(target=press, args=each) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return killer.killed


@pytest.fixture(scope="module")
def outcome(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Two hundred people at their check pages, and then all at once."""
    log: Path = tmp_path_factory.mktemp("concurrent") / "gunicorn.log"
    with running(database, workers=WORKERS, log=log) as server:
        with ThreadPoolExecutor(8) as pool:
            people = list(pool.map(lambda number: person(server.address, number), range(PEOPLE)))
        killed = send_all(server, people)
    return Outcome(people, json.loads(database.python("tests.system.read_back")), killed, database)


def by_token(outcome: Outcome) -> dict[str, dict[str, str]]:
    """The stored records by their submission token."""
    return {row["token"]: row for row in outcome.stored}


def test_workers_were_killed_while_people_waited(outcome: Outcome) -> None:
    assert outcome.killed
    unanswered = [s for person in outcome.people for s in person.sendings if None in s.got]
    assert unanswered


def test_every_acknowledged_submission_is_stored_once_and_opens(outcome: Outcome) -> None:
    stored = Counter((row["token"], row["reference"], row["email"]) for row in outcome.stored)
    acknowledged = {
        (person.token, sending.accepted, sending.email)
        for person in outcome.people
        for sending in person.sendings
        if sending.accepted
    }
    assert len(acknowledged) >= PEOPLE - IMPATIENT
    assert {key: stored[key] for key in acknowledged} == dict.fromkeys(acknowledged, 1)
    for row in outcome.stored:
        name = row["email"].partition("@")[0]
        assert (row["contact_name"], row["security"]) == (f"髙﨑 {name}", f"要件\n{name}")


def test_nothing_is_stored_that_nobody_sent_and_nothing_twice(outcome: Outcome) -> None:
    tokens = [row["token"] for row in outcome.stored]
    assert len(tokens) == len(set(tokens))
    acknowledged = {p.token for p in outcome.people if any(s.accepted for s in p.sendings)}
    unanswered = {p.token for p in outcome.people} - acknowledged
    assert acknowledged <= set(tokens) <= acknowledged | unanswered
    assert len({row["reference"] for row in outcome.stored}) == len(tokens)


def test_whoever_tried_again_without_an_answer_has_exactly_one_record(outcome: Outcome) -> None:
    again = [p for p in outcome.people for s in p.sendings if s.patient and None in s.got]
    assert again
    assert all(person.token in by_token(outcome) for person in again)


def test_whoever_gave_up_without_an_answer_has_at_most_one_record(outcome: Outcome) -> None:
    gave_up = [p.token for p in outcome.people for s in p.sendings if s.got == [None]]
    counts = Counter(row["token"] for row in outcome.stored)
    assert all(counts[token] <= 1 for token in gave_up)


def test_the_same_page_sent_again_shows_the_same_reference(outcome: Outcome) -> None:
    for person in outcome.people[: DOUBLED + TRIPLED]:
        references = {sending.accepted for sending in person.sendings}
        assert references == {by_token(outcome)[person.token]["reference"]}


def test_other_answers_under_the_same_token_are_not_stored_and_the_page_says_so(outcome: Outcome) -> None:
    for person in outcome.people[DOUBLED + TRIPLED : DOUBLED + TRIPLED + CHANGED]:
        kept = [sending for sending in person.sendings if sending.accepted]
        refused = [sending for sending in person.sendings if sending.told_reused]
        assert (len(kept), len(refused)) == (1, 1)
        assert kept[0] is not refused[0]
        assert by_token(outcome)[person.token]["email"] == kept[0].email


def test_every_answer_that_came_was_a_reference_or_the_question_of_the_changed_page(outcome: Outcome) -> None:
    for person in outcome.people:
        for sending in person.sendings:
            last = sending.got[-1]
            assert sending.accepted or sending.told_reused or (last is None and not sending.patient), last


def test_keys_and_audit_entries_are_as_many_as_the_records(outcome: Outcome) -> None:
    with outcome.database.connect() as connection:
        stray = connection.execute(
            "SELECT count(*) FROM safeguards_recordkey"
            " WHERE record_id NOT IN (SELECT id FROM intake_consultation)"
        ).fetchone()
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM safeguards_recordkey),"
            " (SELECT count(*) FROM safeguards_auditentry WHERE event = 'consultation.submitted')"
        ).fetchone()
    assert stray == (0,)
    # A key for what was typed, and one for the connection (2-3).
    assert counts == (2 * len(outcome.stored), len(outcome.stored))
