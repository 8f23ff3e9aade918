"""Everything that goes wrong in a day: what people send, what the database refuses, a database that is away."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.system.client import FORM, Client, Page, submission
from tests.system.marks import LATIN
from tests.system.people import BROWSER, marked
from tests.system.server import Database, Server


@contextmanager
def statement(database: Database, do: str, undo: str) -> Iterator[None]:
    """A fault planted in the database for a while."""
    with database.connect() as connection:
        connection.execute(do)
        try:
            yield
        finally:
            connection.execute(undo)


@contextmanager
def unreachable(database: Database) -> Iterator[None]:
    """The database refuses everybody, as while it restarts."""
    with Database("postgres", database.folder).connect() as server:
        server.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name]
        )
        try:
            yield
        finally:
            server.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS true")


def provoke_faults(server: Server, database: Database) -> dict[str, Page]:
    """Everything that goes wrong in a day, with marks in the body and, by hand, in the query string."""
    client, answers = Client(server.address, user_agent=BROWSER), marked(900)
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
