"""第6条: what people type stands in envelopes and nowhere else — not in the dump, in logs, in sessions."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.system.client import FORM, Client, Fields, Page, submission
from tests.system.faults import statement, unreachable
from tests.system.marks import KANJI, LATIN, full_width, traces
from tests.system.reading import Reading, sign_in
from tests.system.server import Database, Server, running

SUBMISSIONS = 50
OPENED = 5
COMPANY = "マーク探し株式会社"
PASSWORD = "a long passphrase for this test"


@dataclass(frozen=True)
class Day:
    """What a day full of marked submissions and faults left behind."""

    database: Database
    pages: list[Page]
    reading: Reading
    faults: dict[str, Page]
    output: str
    postgres_log: bytes

    @property
    def opened(self) -> list[Page]:
        return self.reading.opened


def marked(number: int) -> Fields:
    """A hearing form with a mark in every personal field; every second one typed in full width."""
    dress = full_width if number % 2 else str
    answers = [
        (key, f"{KANJI}{dress(f'{LATIN}-{key}-{number}')}")
        for key in ("caseTypesOther", "painPointsOther", "position", "contactName", "security")
    ]
    email = dress(f"{LATIN}.{number}@{LATIN}.example.jp")
    choices = [("employeeCount", "50_299"), ("caseTypes", "other"), ("painPoints", "records")]
    return [*choices, *answers, ("email", email), ("companyName", COMPANY)]


def step_by_step(address: tuple[str, int], number: int) -> list[Page]:
    """One person's way through the real pages, every answer typed on its own step."""
    client, answers = Client(address), dict(marked(number))
    steps = (
        ("organisation", "next", ("employeeCount",)),
        ("cases", "next", ("caseTypes", "caseTypesOther", "painPoints", "painPointsOther")),
        ("operation", "next", ()),
        ("contact", "confirm", ("companyName", "position", "contactName", "email", "security")),
    )
    pages = [client.get(FORM)]
    for slug, action, keys in steps:
        assert ("step", slug) in pages[-1].hidden()
        typed = [(key, answers[key]) for key in keys]
        pages.append(client.post(FORM, [*pages[-1].hidden(), *typed, ("action", action)]))
    pages.append(client.post(FORM, submission(pages[-1], [])))
    assert pages[-1].status == 302, pages[-1].text
    pages.append(client.get(pages[-1].header("Location")))
    assert pages[-1].reference()
    return pages


def provoke_faults(server: Server, database: Database) -> dict[str, Page]:
    """Everything that goes wrong in a day, with marks in the body and, by hand, in the query string."""
    client, answers = Client(server.address), marked(900)
    query = f"?q={LATIN}"
    first = client.get(FORM)
    bad_email = [*first.hidden(), *answers, ("email", f"{LATIN}@"), ("action", "confirm")]
    sign_in = [*first.hidden(), ("username", LATIN), ("password", LATIN)]
    faults = {
        "validation": client.post(FORM + query, bad_email),
        "csrf": Client(server.address).post(FORM + query, [*answers, ("action", "submit")]),
        "not found": client.post(f"/{LATIN}/{query}", [*first.hidden(), *answers]),
        "no slash": client.get(f"/consultation{query}"),
        "bad request": client.post(FORM, [*first.hidden(), *((f"{LATIN}{n}", LATIN) for n in range(600))]),
        "sign-in": client.post("/admin/login/" + query, sign_in),
        "admin search": client.get(f"/admin/intake/consultation/{query}"),
    }
    check = client.check_page(answers)
    sent = submission(check, answers)
    # PostgreSQL writes the whole failing row and the statement into its own log.
    refuse = "ALTER TABLE {0} ADD CONSTRAINT planted CHECK (false) NOT VALID"
    allow = "ALTER TABLE {0} DROP CONSTRAINT planted"
    for table in ("intake_consultation", "safeguards_recordkey", "safeguards_auditentry"):
        with statement(database, refuse.format(table), allow.format(table)):
            faults[f"refused by {table}"] = client.post(FORM + query, sent)
    rename = "ALTER TABLE {} RENAME TO {}"
    there, away = "intake_consultation", "intake_away"
    with statement(database, rename.format(there, away), rename.format(away, there)):
        faults["table missing"] = client.post(FORM + query, sent)
    with unreachable(database):
        faults["database away"] = client.post(FORM + query, sent)
        faults["sign-in without database"] = client.post("/admin/login/" + query, sign_in)
    return faults


def read_as_staff(server: Server, database: Database) -> Reading:
    """A superuser signs in, looks at the list and opens some envelopes."""
    client = Client(server.address)
    secret, codes = sign_in(client, "reader", PASSWORD)
    with database.connect() as connection:
        ids = connection.execute(
            "SELECT id FROM intake_consultation ORDER BY id LIMIT %s", [OPENED]
        ).fetchall()
    listed = client.get("/admin/intake/consultation/")
    assert COMPANY in listed.text
    assert traces(listed.text) == []
    return Reading([client.get(f"/admin/intake/consultation/{row[0]}/change/") for row in ids], secret, codes)


def plant_canary(database: Database) -> None:
    """Clear text as a careless program would store it."""
    with database.connect() as connection:
        connection.execute("CREATE TABLE canary (plain text, bytes bytea, refused int CHECK (refused = 0))")
        values = (f"{KANJI} canary", f"canary {LATIN}".encode())
        connection.execute("INSERT INTO canary VALUES (%s, %s, 0)", values)


@pytest.fixture(scope="module")
def day(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Fifty marked submissions, staff reading some, and every fault that we could think of."""
    log: Path = tmp_path_factory.mktemp("marks") / "gunicorn.log"
    before = database.server_log.stat().st_size
    reader = ("--noinput", "--username", "reader", "--email", "")
    database.manage("createsuperuser", *reader, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    with running(database, workers=2, log=log) as server:
        with ThreadPoolExecutor(4) as people:
            ways = list(people.map(lambda number: step_by_step(server.address, number), range(SUBMISSIONS)))
        reading = read_as_staff(server, database)
        faults = provoke_faults(server, database)
        assert Client(server.address).get(FORM).status == 200  # it goes on after all that
    with database.server_log.open("rb") as postgres_log:
        postgres_log.seek(before)
        written = postgres_log.read()
    pages = [page for way in ways for page in way]
    return Day(database, pages, reading, faults, log.read_text(), written)


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """All rows of a query."""
    with database.connect() as connection:
        return connection.execute(query).fetchall()


def sessions(day: Day) -> list[dict[str, object]]:
    """What the stored sessions hold."""
    stored = rows(day.database, "SELECT session_data FROM django_session")
    return [SessionStore().decode(str(row[0])) for row in stored]


def test_every_fault_was_really_provoked(day: Day) -> None:
    statuses = {name: page.status for name, page in day.faults.items()}
    assert statuses == {
        "validation": 200,
        "csrf": 403,
        "not found": 404,
        "no slash": 301,
        "bad request": 400,
        "sign-in": 200,
        "admin search": 302,
        "refused by intake_consultation": 500,
        "refused by safeguards_recordkey": 500,
        "refused by safeguards_auditentry": 500,
        "table missing": 500,
        "database away": 503,
        "sign-in without database": 503,
    }


def test_the_envelopes_hold_what_was_typed(day: Day) -> None:
    assert len(rows(day.database, "SELECT id FROM intake_consultation")) == SUBMISSIONS
    assert len(day.opened) == OPENED
    for page in day.opened:
        assert page.status == 200
        assert page.text.count(KANJI) >= 5


def test_a_plain_dump_contains_no_mark(day: Day) -> None:
    dump = day.database.dump()
    assert dump.count("INSERT INTO public.intake_consultation ") == SUBMISSIONS
    assert COMPANY in dump
    assert traces(dump) == []


def test_a_planted_clear_text_row_is_found_in_such_a_dump(day: Day) -> None:
    plant_canary(day.database)
    try:
        found = traces(day.database.dump())
    finally:
        with day.database.connect() as connection:
            connection.execute("DROP TABLE canary")
    assert f"{KANJI} in utf-8" in found
    assert f"{LATIN} in utf-8, hex" in found


def test_the_servers_output_contains_no_mark(day: Day) -> None:
    lines = [json.loads(line) for line in day.output.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["logger"] == "casetra.access"]
    assert len(requests) >= len(day.pages) + len(day.faults)
    assert {line.get("exception") for line in lines} >= {"IntegrityError", "ProgrammingError"}
    assert traces(day.output) == []


def test_postgresqls_own_log_contains_no_mark(day: Day) -> None:
    assert b"Failing row contains" in day.postgres_log  # the faults are in it, and so would the marks be
    assert b"STATEMENT:  INSERT INTO " in day.postgres_log
    assert traces(day.postgres_log) == []


def test_a_careless_statement_is_found_in_postgresqls_log(database: Database, day: Day) -> None:
    before = database.server_log.stat().st_size
    with database.connect() as connection, pytest.raises(Exception, match="no_such_table"):
        connection.execute(f"INSERT INTO no_such_table VALUES ('{KANJI} {LATIN}')")  # noqa: S608
    with database.server_log.open("rb") as log:
        log.seek(before)
        assert f"{LATIN} in utf-8" in traces(log.read())


def test_djangos_admin_log_and_the_audit_contain_no_mark(day: Day) -> None:
    audit = rows(day.database, "SELECT to_json(entry)::text FROM safeguards_auditentry entry")
    assert sum("consultation.submitted" in str(entry) for entry in audit) == SUBMISSIONS
    assert sum("consultation.opened" in str(entry) for entry in audit) == OPENED
    admin_log = rows(day.database, "SELECT to_json(entry)::text FROM django_admin_log entry")
    assert traces(str(audit) + str(admin_log)) == []


def test_no_session_holds_a_mark(day: Day) -> None:
    # Only the superuser has a session: people who fill the form get none at all.
    assert [session.get("_auth_user_id") for session in sessions(day)] == ["1"]
    assert traces(str(sessions(day))) == []


def test_the_secrets_of_the_sign_in_stand_in_no_table_session_or_log(day: Day) -> None:
    secrets = [day.reading.secret, PASSWORD, *day.reading.recovery_codes]
    places = [day.database.dump(), str(sessions(day)), day.output, day.postgres_log.decode(errors="replace")]
    assert "safeguards_factor" in places[0]
    for secret in secrets:
        for dressed in (
            secret,
            secret.encode().hex(),
            base64.b64encode(secret.encode()).decode().rstrip("="),
        ):
            assert [number for number, place in enumerate(places) if dressed in place] == []


def test_no_address_cookie_or_header_of_an_answer_holds_a_mark(day: Day) -> None:
    pages = [*day.pages, *day.opened]
    assert len(pages) == SUBMISSIONS * 7 + OPENED
    for page in pages:
        assert traces(page.url) == []
        assert traces(str(page.headers)) == []


@pytest.mark.parametrize("before", ["", "x", "xy", "日本"])
def test_the_search_finds_marks_in_every_dress(before: str) -> None:
    text = f"{before}{KANJI}{LATIN}{before}"
    for dressed in (
        text,
        text.encode().hex(),
        base64.b64encode(text.encode()).decode(),
        base64.urlsafe_b64encode(text.encode()).decode(),
        json.dumps(text),
        full_width(text.upper()),
        repr(text.encode()),
    ):
        assert traces(dressed)
    assert traces(f"{before}何の印もない文 qzmark 龘") == []
