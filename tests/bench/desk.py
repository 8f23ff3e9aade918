"""Staff's pages and searches at two sizes, measured in turns: what grows with the number of consultations?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median
from time import perf_counter
from unittest.mock import patch
from urllib.parse import quote

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.admin import by_email
from intake.models import Consultation
from intake.rules import reference
from intake.services import search
from tests.bench.fill import RARE, RARE_COUNT, RARE_ID, RARE_NUMBER, Filled, at_size
from tests.bench.stack import Answer, Fields, Stack

HOME, LIST = "/admin/", "/admin/intake/consultation/"
BY_EMAIL = f"{LIST}by-email/"
RARE_PART, COMMON_PART = "龍宮", "製作所"  # of a company's name: of three, and of every tenth
_FULL_COUNT = re.compile(r"\bCOUNT\(", re.IGNORECASE)


@dataclass(frozen=True)
class Growth:
    """The median seconds of one thing at both sizes, the median of the rounds' ratios, its SQL statements at the
    larger size, and how many of them count without a limit."""

    name: str
    small: float
    large: float
    ratio: float
    statements: int
    counting: int


def growth(
    stack: Stack, small: Filled, large: Filled, *, rounds: int, by: User, at: datetime
) -> list[Growth]:
    """Everything that staff look at or search, small and large in turns so that both share the noise."""
    work = {**_pages(stack), **_searches(by, at)}
    with patch.object(by_email, "PER_HOUR", 1_000_000):
        return [_grown(name, call, small, large, rounds) for name, call in work.items()]


def _grown(name: str, call: Callable[[], object], small: Filled, large: Filled, rounds: int) -> Growth:
    with at_size(small):
        call()  # warms up, unmeasured, as the capture does at the other size
    with at_size(large):
        statements = _captured(call)
    times: dict[Filled, list[float]] = {small: [], large: []}
    for number in range(rounds):
        for size in (small, large) if number % 2 else (large, small):
            with at_size(size):
                started = perf_counter()
                call()
                times[size].append(perf_counter() - started)
    ratios = [more / less for less, more in zip(times[small], times[large], strict=True)]
    return Growth(
        name,
        median(times[small]),
        median(times[large]),
        median(ratios),
        len(statements),
        sum(map(_counts, statements)),
    )


def _pages(stack: Stack) -> dict[str, Callable[[], object]]:
    asked = {
        "admin list, first page": LIST,
        "admin list, unfinished": f"{LIST}?status=open",
        "admin list, one status": f"{LIST}?status=in_progress",
        "admin list, one assignee": f"{LIST}?assignee=me",
        "admin list, next action due": f"{LIST}?next_action=due",
        "admin list, by reference": f"{LIST}?q={reference.from_number(RARE_NUMBER)}",
        "admin list, company, rare": f"{LIST}?q={quote(RARE_PART)}",
        "admin list, company, in a tenth of all": f"{LIST}?q={quote(COMMON_PART)}",
        "admin page of one (opens it)": f"{LIST}{RARE_ID}/change/",
    }
    pages = {name: partial(_page, stack, path) for name, path in asked.items()}
    return {"admin home": partial(_page, stack, HOME), **pages, "exact e-mail (page)": _email_page(stack)}


def _page(stack: Stack, path: str, fields: Fields | None = None) -> Answer:
    answer = stack.call(stack.request("POST" if fields else "GET", path, fields))
    assert answer.status == 200, (path, answer.status)
    return answer


def _email_page(stack: Stack) -> Callable[[], object]:
    """The search that is posted, with the token of a page that was visited before."""
    token = stack.visit("GET", BY_EMAIL).hidden("csrfmiddlewaretoken")
    return partial(_page, stack, BY_EMAIL, [("csrfmiddlewaretoken", token), ("email", RARE.email)])


def _searches(by: User, at: datetime) -> dict[str, Callable[[], object]]:
    return {
        "search: company, rare": partial(_company, RARE_PART),
        "search: company, in a tenth of all": partial(_company, COMMON_PART),
        "search: company, in all": partial(_company, "株式会社"),
        "search: exact e-mail": partial(_email, by, at),
    }


def _company(part: str) -> None:
    """The first hundred, as a list's page shows them."""
    assert list(search.by_company(Consultation.objects.defer("sealed", "technical"), part)[:100])


def _email(by: User, at: datetime) -> None:
    assert len(search.by_email(RARE.email, by=by, at=at)) == RARE_COUNT


def _captured(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


def _counts(statement: str) -> bool:
    """Whether it counts rows without saying at how many to stop."""
    return bool(_FULL_COUNT.search(statement)) and " LIMIT " not in statement
