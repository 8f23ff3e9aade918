"""第6条: what people type stands in envelopes and nowhere else — not in the dump, in logs, in sessions."""

import base64
import json
from collections import Counter

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.system.day import OPENED, STAFF, SUBMISSIONS, WITHOUT_ENVELOPES, Day, live
from tests.system.desk import WORKED
from tests.system.marks import KANJI, LATIN, full_width, traces
from tests.system.people import COMPANY
from tests.system.server import Database


def plant_canary(database: Database) -> None:
    """Clear text as a careless program would store it."""
    with database.connect() as connection:
        connection.execute("CREATE TABLE canary (plain text, bytes bytea, refused int CHECK (refused = 0))")
        values = (f"{KANJI} canary", f"canary {LATIN}".encode())
        connection.execute("INSERT INTO canary VALUES (%s, %s, 0)", values)


@pytest.fixture(scope="module")
def day(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day that all these tests look back on."""
    return live(database, tmp_path_factory.mktemp("marks") / "gunicorn.log")


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """All rows of a query."""
    with database.connect() as connection:
        return connection.execute(query).fetchall()


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


def test_staff_wrote_and_read_marks_too_and_no_refusal_repeats_one(day: Day) -> None:
    assert day.worked == {
        "notes": 2 * WORKED,
        "corrected": WORKED,
        "connections": WORKED,
        "found": 2 * WORKED,
        "alike": 20 * WORKED,
        "refusals": 8,
        "traces": 0,
    }
    assert len(rows(day.database, "SELECT id FROM intake_contact WHERE note IS NOT NULL")) == 2 * WORKED


def test_who_may_open_nothing_sees_no_mark_on_any_page(day: Day) -> None:
    assert [page.status for page in day.unopened] == [200] * len(WITHOUT_ENVELOPES)
    assert any(COMPANY in page.text for page in day.unopened)
    for page in day.unopened:
        assert traces(page.text) == [], page.url


def test_the_csv_of_who_may_open_nothing_holds_the_list_and_no_mark(day: Day) -> None:
    assert day.csv.status == 200
    assert day.csv.text.count(COMPANY) == SUBMISSIONS
    assert traces(day.csv.text) == []


def test_no_mail_holds_a_mark_but_for_the_address_of_the_person_it_goes_to(day: Day) -> None:
    to_staff = [mail for recipient, mail in day.mails if recipient == STAFF]
    assert len(to_staff) == SUBMISSIONS
    assert len(day.mails) == 2 * SUBMISSIONS + WORKED  # the corrected addresses get theirs
    for recipient, mail in day.mails:
        if recipient != STAFF:
            assert LATIN in str(mail["To"])
            del mail["To"]
        assert traces(f"{dict(mail.items())}{mail.get_content()}".encode() + mail.as_bytes()) == []


def test_what_the_commands_say_contains_no_mark(day: Day) -> None:
    assert "sent" in day.commands
    assert "0 erased" in day.commands
    assert traces(day.commands) == []


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
    assert sum("consultation.opened" in str(entry) for entry in audit) == OPENED + WORKED
    said = Counter(str(row[0]) for row in rows(day.database, "SELECT event FROM safeguards_auditentry"))
    for event in ("contact.recorded", "consultations.found"):
        assert said[event] == 2 * WORKED
    for event in ("contact.voided", "consultation.address_corrected", "technical.opened"):
        assert said[event] == WORKED
    admin_log = rows(day.database, "SELECT to_json(entry)::text FROM django_admin_log entry")
    assert traces(str(audit) + str(admin_log)) == []


def test_no_session_holds_a_mark(day: Day) -> None:
    stored = [str(row[0]) for row in rows(day.database, "SELECT session_data FROM django_session")]
    sessions = [SessionStore().decode(data) for data in stored]
    # Only staff have one: people who fill the form get none at all.
    assert sorted(str(session.get("_auth_user_id")) for session in sessions) == ["1", "2"]
    assert traces(str(sessions)) == []


def test_the_secrets_of_the_sign_in_stand_in_no_table_session_or_log(day: Day) -> None:
    stored = rows(day.database, "SELECT session_data FROM django_session")
    sessions = [SessionStore().decode(str(row[0])) for row in stored]
    places = [day.database.dump(), str(sessions), day.output, day.postgres_log.decode(errors="replace")]
    assert "safeguards_factor" in places[0]
    assert len(day.secrets) == 12  # the password, the app's secret and ten recovery codes
    for secret in day.secrets:
        for dressed in (
            secret,
            secret.encode().hex(),
            base64.b64encode(secret.encode()).decode().rstrip("="),
        ):
            assert [number for number, place in enumerate(places) if dressed in place] == []


def test_no_address_cookie_or_header_of_an_answer_holds_a_mark(day: Day) -> None:
    pages = [*day.pages, *day.opened, *day.unopened, day.csv]
    assert len(pages) == SUBMISSIONS * 7 + OPENED + len(WITHOUT_ENVELOPES) + 1
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
