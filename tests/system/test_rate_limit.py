"""2-1: one address sends from all sides into eight processes: exactly the limit is stored, the rest told politely."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.system.client import FORM, Client, Page, submission
from tests.system.server import Database, running

PROCESSES, PEOPLE, LIMIT = 8, 60, 25


@dataclass(frozen=True)
class Rush:
    """What everybody got, and the database afterwards."""

    pages: list[Page]
    database: Database

    def with_status(self, status: int) -> list[Page]:
        return [page for page in self.pages if page.status == status]

    def number(self, query: str) -> object:
        with self.database.connect() as connection:
            row = connection.execute(query).fetchone()
        return row and row[0]


def answers(number: int) -> list[tuple[str, str]]:
    return [("email", f"rush{number}@example.jp"), ("companyName", f"試験{number}")]


@pytest.fixture(scope="module")
def rush(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Rush:
    """Every person has a check page before anybody presses 「送信する」; then all do."""
    log: Path = tmp_path_factory.mktemp("rush") / "gunicorn.log"
    limit = {"INTAKE_PER_HOUR": str(LIMIT)}
    with running(database, workers=PROCESSES, log=log, **limit) as server, ThreadPoolExecutor(16) as pool:
        people = [Client(server.address) for _ in range(PEOPLE)]
        checks = list(pool.map(lambda n: people[n].check_page(answers(n)), range(PEOPLE)))
        pages = list(pool.map(lambda n: people[n].post(FORM, submission(checks[n], [])), range(PEOPLE)))
    return Rush(pages, database)


def test_exactly_the_limit_is_stored_and_every_attempt_counted(rush: Rush) -> None:
    # Two rows only if the run went over a full hour: then each hour has a limit of its own.
    windows = rush.number("SELECT count(*) FROM safeguards_ratecount")
    assert rush.number("SELECT sum(n) FROM safeguards_ratecount") == PEOPLE
    allowed = rush.number(f"SELECT sum(least(n, {LIMIT})) FROM safeguards_ratecount")  # noqa: S608
    assert windows in (1, 2)
    assert len(rush.with_status(302)) == allowed
    assert rush.number("SELECT count(*) FROM intake_consultation") == allowed


def test_whoever_is_refused_keeps_the_text_and_is_told_when_and_whom_to_call(rush: Rush) -> None:
    refused = rush.with_status(429)
    assert len(refused) + len(rush.with_status(302)) == PEOPLE
    for page in refused:
        kept = dict(page.hidden())
        assert kept["email"].removeprefix("rush").removesuffix("@example.jp") == kept["companyName"][2:]
        assert 0 < int(page.header("Retry-After")) <= 3600
        assert "お電話（" in page.text


def test_the_dump_holds_no_address_that_was_counted(rush: Rush) -> None:
    dump = rush.database.dump()
    assert "INSERT INTO public.safeguards_ratecount " in dump
    assert "127.0.0.1" not in dump
