"""A day full of marks: people who fill the form, staff who work with it, and everything that goes wrong meanwhile."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.smtp import Sink, sink
from tests.system.client import FORM, Client, Page
from tests.system.faults import provoke_faults
from tests.system.marks import traces
from tests.system.people import COMPANY, step_by_step
from tests.system.reading import sign_in
from tests.system.server import Database, Server, running
from tests.system.typed import work as type_marks

SUBMISSIONS = 50
OPENED = 5
PASSWORD = "a long passphrase for this test"
READER, VIEWER = "reader", "viewer"  # a superuser; and one who may see the list and open nothing
STAFF = "staff@example.com"

# What staff see who may open no envelope; `{id}` is a consultation's. A page more is a line more.
WITHOUT_ENVELOPES = (
    "/admin/",
    "/admin/intake/consultation/",
    "/admin/intake/consultation/?status=new",
    "/admin/intake/consultation/{id}/change/",
    "/admin/intake/consultation/statistics/",
    "/admin/intake/consultation/export/",
)
EXPORT = "/admin/intake/consultation/export/"


@dataclass(frozen=True)
class Day:
    """What a day full of marked submissions and faults left behind."""

    database: Database
    pages: list[Page]
    opened: list[Page]
    unopened: list[Page]
    csv: Page
    secrets: list[str]
    faults: dict[str, Page]
    worked: dict[str, int]
    typed: dict[str, Page]
    output: str
    commands: str
    mails: list[tuple[str, EmailMessage]]
    postgres_log: bytes


def live(database: Database, log: Path) -> Day:
    """Fifty marked submissions, staff working with them, and every fault that we could think of."""
    before = database.server_log.stat().st_size
    superuser = ("--noinput", "--username", READER, "--email", "")
    database.manage("createsuperuser", *superuser, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    with (
        sink() as post,
        running(database, workers=2, log=log, EMAIL_URL=post.url, STAFF_NOTIFY=STAFF) as site,
    ):
        with ThreadPoolExecutor(4) as people:
            ways = list(people.map(lambda number: step_by_step(site.address, number), range(SUBMISSIONS)))
        work = f"from tests.system.desk import work; work({READER!r}, {VIEWER!r}, {PASSWORD!r})"
        worked = database.manage("shell", "--no-imports", "-c", work, EMAIL_URL=post.url, STAFF_NOTIFY=STAFF)
        reader = Client(site.address)
        opened, secrets = read_as_staff(reader, database)
        typed = type_at_the_desk(reader, database)
        *unopened, csv = look_as_viewer(site, database)
        faults = provoke_faults(site, database)
        commands = run_commands(database, post)
        assert Client(site.address).get(FORM).status == 200  # it goes on after all that
    with database.server_log.open("rb") as postgres_log:
        postgres_log.seek(before)
        written = postgres_log.read()
    return Day(
        database=database,
        pages=[page for way in ways for page in way],
        opened=opened,
        unopened=unopened,
        csv=csv,
        secrets=secrets,
        faults=faults,
        worked=json.loads(worked),
        typed=typed,
        output=log.read_text(),
        commands=commands,
        mails=[(recipients[0], mail) for recipients, mail in zip(post.recipients, post.mails, strict=True)],
        postgres_log=written,
    )


def some_ids(database: Database, number: int = OPENED) -> list[object]:
    """Consultations whose pages staff look at; those of `desk.work` come first."""
    with database.connect() as connection:
        query = "SELECT id FROM intake_consultation ORDER BY id LIMIT %s"
        return [row[0] for row in connection.execute(query, [number]).fetchall()]


def read_as_staff(client: Client, database: Database) -> tuple[list[Page], list[str]]:
    """A superuser signs in, looks at the list and opens some envelopes; the pages, and the secrets of the sign-in."""
    secret, codes = sign_in(client, READER, PASSWORD)
    listed = client.get("/admin/intake/consultation/")
    assert COMPANY in listed.text
    assert traces(listed.text) == []
    opened = [client.get(f"/admin/intake/consultation/{one}/change/") for one in some_ids(database)]
    return opened, [PASSWORD, secret, *codes]


def type_at_the_desk(client: Client, database: Database) -> dict[str, Page]:
    """The same superuser types into every form, at a consultation that nobody has worked with yet."""
    with database.connect() as connection:
        query = "SELECT id FROM auth_user WHERE username = %s"
        ((account_id,),) = connection.execute(query, [READER]).fetchall()
    return type_marks(client, database, record_id=some_ids(database, OPENED + 1)[-1], account_id=account_id)


def look_as_viewer(server: Server, database: Database) -> list[Page]:
    """Somebody who may open no envelope looks at everything that there is to see, and takes the list away as CSV."""
    client, one = Client(server.address), some_ids(database)[0]
    sign_in(client, VIEWER, PASSWORD)
    pages = [client.get(path.format(id=one)) for path in WITHOUT_ENVELOPES]
    return [*pages, client.post(EXPORT, [*pages[-1].hidden(), ("contents", "plain")])]


def run_commands(database: Database, post: Sink) -> str:
    """What the commands of every night say."""
    send = database.manage("send_pending_mail", EMAIL_URL=post.url, STAFF_NOTIFY=STAFF)
    return send + database.manage("purge_expired") + database.manage("rotate_keys")
