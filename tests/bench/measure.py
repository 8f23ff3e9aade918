"""The measurements: many short rounds alternate between what is compared, so that both share the noise.

Ratios are medians of the rounds' ratios: on a busy machine the times double, the ratios hardly move.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.choices import FREE_TEXTS, STEPS
from intake.forms import HearingForm
from intake.models import Consultation
from intake.rules.answers import PersonalPart
from intake.services.submission import KIND, submit
from policy import services as policy
from safeguards.rules import sealing
from safeguards.services import envelopes
from tests.bench.stack import ANSWERS, FORM, Fields, Stack

BULK = 100
CHECK: Fields = [("step", "contact"), ("action", "confirm")]
FOUND = "営業部の佐藤花子さん（社員番号 A-10234）がうつ病で休職中です。"


@dataclass(frozen=True)
class Submissions:
    """Requests a second of both, the median of the rounds' ratios, and our SQL statements."""

    ours: float
    bare: float
    ratio: float
    statements: list[str]


@dataclass(frozen=True)
class Timing:
    """The median seconds of one thing and, where it matters, its SQL statements."""

    name: str
    seconds: float
    statements: int | None = None


def submissions(stack: Stack, *, rounds: int, size: int) -> Submissions:
    """Final posts of the form against posts to the bare view; pages and bodies are made before the clock."""
    stack.visit("GET", FORM)
    counted = _captured(lambda: _sent(stack, [our_fields(stack)], FORM))
    ours: list[float] = []
    bare: list[float] = []
    for number in range(rounds):
        both = [(ours, our_fields, FORM), (bare, _bare_fields, "/bare/submit/")]
        for rates, fields, path in both if number % 2 else both[::-1]:
            prepared = [fields(stack) for _ in range(size)]
            rates.append(size / _sent(stack, prepared, path))
    ratio = median(our / their for our, their in zip(ours, bare, strict=True))
    return Submissions(median(ours), median(bare), ratio, counted)


def pages(stack: Stack, *, rounds: int, records: int) -> list[Timing]:
    """Median time of every kind of page, next to a view without a template."""
    _fill(records)
    newest = Consultation.objects.values_list("id", flat=True)[0]
    full = _common(stack)
    asked: list[tuple[str, str, str, Fields | None]] = [
        ("bare view without a template", "GET", "/bare/", None),
        ("/", "GET", "/", None),
        ("/consultation/", "GET", FORM, None),
        *((f"step {step.slug}", "POST", FORM, [*full, ("action", step.slug)]) for step in STEPS),
        ("check page", "POST", FORM, [*full, *CHECK]),
        ("check page with findings in every free text", "POST", FORM, [*_found(full), *CHECK]),
        ("thanks", "GET", "/consultation/thanks/", None),
        ("/privacy/", "GET", "/privacy/", None),
        (f"admin list of {records:,}", "GET", "/admin/intake/consultation/", None),
        ("admin page (opens one)", "GET", f"/admin/intake/consultation/{newest}/change/", None),
    ]
    times: dict[str, list[float]] = {name: [] for name, *_ in asked}
    statements: dict[str, int] = {}
    for number in range(rounds + 1):
        for name, method, path, fields in asked:
            call = partial(stack.call, stack.request(method, path, fields))
            if number == 0:  # warms templates and counts, unmeasured
                statements[name] = len(_captured(call))
                continue
            started = perf_counter()
            answer = call()
            times[name].append(perf_counter() - started)
            assert answer.status == 200, (name, answer.status)
    return [Timing(name, median(times[name]), statements[name]) for name, *_ in asked]


def sealing_times(*, rounds: int, at: datetime) -> list[Timing]:
    """Sealing and opening, from the bare cipher up to the services with their rows in the database."""
    content = _form().answers().personal
    raw, key, nonce = repr(content).encode(), os.urandom(32), os.urandom(12)
    binding = sealing.Binding(KIND, uuid4(), uuid4())
    cipher = AESGCM(key)
    encrypted = cipher.encrypt(nonce, raw, None)
    blob = sealing.seal(raw, key=key, nonce=nonce, binding=binding)
    record_id = uuid4()
    row = envelopes.seal(content, kind=KIND, record_id=record_id, at=at)
    many: dict[UUID, bytes | memoryview] = {
        each: envelopes.seal(content, kind=KIND, record_id=each, at=at)
        for each in (uuid4() for _ in range(BULK))
    }
    things: list[tuple[str, Callable[[], object]]] = [
        (f"raw AESGCM encrypt, {len(raw):,} B", lambda: cipher.encrypt(nonce, raw, None)),
        (f"raw AESGCM decrypt, {len(raw):,} B", lambda: cipher.decrypt(nonce, encrypted, None)),
        ("rules: seal", lambda: sealing.seal(raw, key=key, nonce=nonce, binding=binding)),
        ("rules: unseal", lambda: sealing.unseal(blob, key=key, binding=binding)),
        ("service: seal, key row and lookup", lambda: _seal(content, at)),
        ("service: open one", lambda: envelopes.open(row, kind=KIND, record_id=record_id, into=PersonalPart)),
        (f"service: open {BULK}", lambda: envelopes.open_many(many, kind=KIND, into=PersonalPart)),
    ]
    times: dict[str, list[float]] = {name: [] for name, _ in things}
    statements = {name: len(_captured(work)) for name, work in things}
    for _ in range(rounds):
        for name, work in things:
            started = perf_counter()
            work()
            times[name].append(perf_counter() - started)
    return [Timing(name, median(times[name]), statements[name]) for name, _ in things]


def _seal(content: PersonalPart, at: datetime) -> bytes:
    return envelopes.seal(content, kind=KIND, record_id=uuid4(), at=at, lookup=content.email)


def _sent(stack: Stack, prepared: Iterable[Fields], path: str) -> float:
    requests = [stack.request("POST", path, fields) for fields in prepared]
    started = perf_counter()
    statuses = {stack.call(request).status for request in requests}
    seconds = perf_counter() - started
    assert statuses == {302}, statuses
    return seconds


def _common(stack: Stack) -> Fields:
    return [("csrfmiddlewaretoken", stack.cookies["csrftoken"]), *ANSWERS]


def _found(fields: Fields) -> Fields:
    keys = {question.key for question in FREE_TEXTS}
    return [(name, f"{value}{FOUND}" if name in keys else value) for name, value in fields]


def _bare_fields(stack: Stack) -> Fields:
    return _common(stack)


def our_fields(stack: Stack) -> Fields:
    page = stack.call(stack.request("GET", FORM))
    carried = [(name, page.hidden(name)) for name in ("token", "edition")]
    sent = [*carried, ("agree", "on"), ("step", "check")]
    return [*_common(stack), *sent, ("action", "submit")]


def _form() -> HearingForm:
    data = QueryDict(mutable=True)
    for name, value in ANSWERS:
        data.appendlist(name, value)
    form = HearingForm(data)
    assert form.is_valid()
    return form


def _fill(records: int) -> None:
    at, answers = timezone.now(), _form().answers()
    edition = policy.in_force(timezone.localdate(at))
    for _ in range(records - Consultation.objects.count()):
        submit(answers, token=uuid4(), edition=edition, at=at)


def _captured(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]
