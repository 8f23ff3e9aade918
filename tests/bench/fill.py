"""Consultations by the million: made by SQL in schemas of their own, so that two sizes stand side by side.

`at_size` switches one connection from one to the other; what is not in a schema (accounts, audit) is shared.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, Model

from intake.models import Consultation, Contact
from intake.rules import company
from intake.services import submission
from intake.services.submission import KIND, Answers
from policy import services as policy
from safeguards.models import RecordKey

MODELS: tuple[type[Model], ...] = (Consultation, Contact, RecordKey)
STEMS, TRADES = 60, ("製作所", "商事", "物流", "建設", "食品", "電機", "運輸", "ホテル", "倉庫", "印刷")
RARE = Answers(company_name="龍宮測量株式会社", contact_name="試験 太郎", email="rare@example.jp")
RARE_COUNT = 3
RARE_ID, RARE_NUMBER = UUID(int=0), 999_999_990  # of the first; the others follow

# By column, for the consultation number i of n (the first is the newest): a tenth is open, a twentieth unassigned.
_STATUS = (
    "CASE WHEN i % 10 = 0 THEN (ARRAY['new', 'in_progress', 'meeting_set', 'met'])[1 + i / 10 % 4]"
    " ELSE (ARRAY['won', 'declined', 'unreachable', 'withdrawn'])[1 + i % 4] END"
)
_CONSULTATION = {
    "id": "md5('c' || i)::uuid",
    "reference": "'C-' || to_char(i / 100000, 'FM00000') || '-' || to_char(i % 100000, 'FM00000')",
    "status": _STATUS,
    "submitted_at": "sent_at",
    "assignee_id": "CASE WHEN i % 20 > 0 THEN staff[1 + i % cardinality(staff)] END",
    "next_action_on": "CASE WHEN i % 10 = 0 THEN today + (i / 10 % 30)::int - 10 END",
    "last_contact_on": "sent_at::date",
    "version": "1",
    "company_name": "name",
    "company_normal": "normal",
    "company_grams": "grams",
    "sealed": "decode(repeat(md5(i::text), 25), 'hex')",
    "technical": "CASE WHEN sent_at > today - 30 THEN decode(repeat(md5(i::text), 8), 'hex') END",
    "policy_edition": "today",
    "policy_digest": "repeat('0', 64)",
    "schema_digest": "repeat('0', 64)",
    "submission_token": "md5('t' || i)::uuid",
    "acknowledged_at": "CASE WHEN i > 3 THEN sent_at END",
    "staff_notified_at": "sent_at",
    "bounced_at": "CASE WHEN i % 500 = 0 THEN sent_at END",
    "screened_with": "repeat('0', 16)",
    "review": "CASE WHEN i % 50 = 0 THEN 'due' ELSE '' END",
    "flagged_at": "CASE WHEN i % 50 = 0 THEN sent_at END",
}
_CONTACT = {
    "id": "md5('n' || i)::uuid",
    "consultation_id": "md5('c' || i)::uuid",
    "kind": "'email.out'",
    "on": "sent_at::date",
    "recorded_at": "sent_at",
    "recorded_by_id": "staff[1]",
    "void_reason": "''",
}
_KEY = {
    "id": "md5('k' || i)::uuid",
    "kind": f"'{KIND}'",
    "record_id": "md5('c' || i)::uuid",
    "kek_id": "'bench'",
    "wrapped": "decode(repeat(md5(i::text), 4), 'hex')",
    "lookup": "sha256(convert_to('l' || i, 'UTF8'))",
    "created_at": "sent_at",
}
_ROWS = """
FROM (SELECT i, %(at)s::timestamptz - interval '1 year' * (%(years)s * (i - 1)::float / %(n)s) AS sent_at,
             %(at)s::date AS today, %(staff)s::int[] AS staff FROM generate_series(1, %(n)s) AS i) AS numbered
JOIN public.bench_company ON k = i %% %(companies)s
"""


@dataclass(frozen=True)
class Filled:
    """A schema, how many consultations it holds, in how many bytes, and what making it took."""

    schema: str
    records: int
    size: int
    seconds: float


@contextmanager
def at_size(filled: Filled) -> Iterator[None]:
    """Every statement meanwhile finds the tables of this size."""
    _execute(f"SET search_path TO {filled.schema}, public")
    try:
        yield
    finally:
        _execute("SET search_path TO public")


def companies() -> int:
    """Make the companies that consultations are from, written as the service writes them; how many."""
    names = [f"株式会社例{number:02d}{trade}" for number in range(STEMS) for trade in TRADES]
    _execute("CREATE TABLE bench_company (k int PRIMARY KEY, name text, normal text, grams varchar(2)[])")
    with connection.cursor() as cursor:
        rows = (
            (k, name, normal := company.normal(name), company.grams(normal)) for k, name in enumerate(names)
        )
        cursor.executemany("INSERT INTO bench_company VALUES (%s, %s, %s, %s)", list(rows))
    return len(names)


def fill(schema: str, records: int, *, at: datetime) -> Filled:
    """A schema with so many consultations, each with a key and a contact; the indexes are built at the end."""
    started = perf_counter()
    _execute(f"CREATE SCHEMA {schema}")
    _execute("SET maintenance_work_mem = '256MB'")
    for model in MODELS:
        _make(schema, model)
    insert(schema, records, years=3, at=at)
    for model in MODELS:
        _index(schema, model._meta.db_table)
    filled = Filled(schema, records, 0, 0)
    with at_size(filled):
        _store_rare(at)
    for model in MODELS:
        _execute(f"VACUUM ANALYZE {schema}.{model._meta.db_table}")
    return Filled(schema, records, _bytes(schema), perf_counter() - started)


def insert(schema: str, records: int, *, years: int, at: datetime) -> None:
    """So many consultations, sent evenly over the last `years`, each with a key and a contact."""
    users = User.objects.order_by("id").values_list("id", flat=True)
    companies = _count("bench_company")
    values = {"at": at, "n": records, "years": years, "staff": list(users), "companies": companies}
    for model, expressions in zip(MODELS, (_CONSULTATION, _CONTACT, _KEY), strict=True):
        fields = model._meta.concrete_fields
        columns = {field.attname: expressions.get(field.attname) or _any(field) for field in fields}
        names, made = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
        into = f"INSERT INTO {schema}.{model._meta.db_table} ({names})"
        _execute(f"{into} SELECT {made.replace('%', '%%')} {_ROWS}", values)
        _execute(
            f"ANALYZE {schema}.{model._meta.db_table}"
        )  # foreign keys look the next table's rows up in it


def _make(schema: str, model: type[Model]) -> None:
    table = model._meta.db_table
    copied = f"(LIKE public.{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS)"
    _execute(f"CREATE UNLOGGED TABLE {schema}.{table} {copied}")


def _any(field: "Field[Any, Any]") -> str:
    """Some answer for a column without an expression: what may be null is, choices take turns."""
    if field.null:
        return "NULL"
    if isinstance(field, ArrayField):
        return f"ARRAY[{_choice(field.base_field, 'i')}, {_choice(field.base_field, 'i + 1')}]"
    return _choice(field, "i") if field.choices else "''"


def _choice(field: "Field[Any, Any]", turn: str) -> str:
    values = [value for value, _ in field.flatchoices]
    listed = ", ".join(f"'{value}'" for value in values)
    return f"(ARRAY[{listed}])[1 + ({turn}) % {len(values)}]"


def _index(schema: str, table: str) -> None:
    """The table's indexes as they are in `public`."""
    query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        made = [definition for (definition,) in cursor.fetchall()]
    for definition in made:
        _execute(definition.replace(f" ON public.{table} ", f" ON {schema}.{table} "))


def _store_rare(at: datetime) -> None:
    """A few that the services wrote: envelopes that open, an address and a company that can be looked for."""
    edition = policy.in_force(at.date())
    for number in range(RARE_COUNT):
        submission.store(
            UUID(int=RARE_ID.int + number),
            RARE,
            token=uuid4(),
            number=RARE_NUMBER + number,
            edition=edition,
            at=at - timedelta(days=300 * number),
        )


def _bytes(schema: str) -> int:
    query = (
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = %s::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [schema])
        return int(cursor.fetchone()[0])


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a table's name of ours
        return int(cursor.fetchone()[0])


def _execute(statement: str, values: Mapping[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
