"""3-5: consultations in numbers — by month and by what can be chosen; never a company, a free text or a person.

What the purge has erased goes on counting, so that no number that was shown changes by it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, F, Func, Min, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields import CharField
from django.db.models.functions import TruncMonth
from django.utils import timezone

from intake.choices import QUESTIONS, Kind, Question
from intake.models import Consultation, MonthlyCount
from intake.rules import months, suppression
from intake.rules.months import Period

__all__ = ["Period", "Row", "Statistics", "Table", "keep", "of", "periods"]

_MONTH = "month"
_CHOICES = tuple(question for question in QUESTIONS if question.options)

_ONE = [each.field for each in _CHOICES if each.kind is not Kind.MANY]
_SEVERAL = [each.field for each in _CHOICES if each.kind is Kind.MANY]
# Every answer of every record as (question, answer), and the record itself as ("", ""); then counted by month.
_KEEP = f"""
INSERT INTO intake_monthlycount AS kept (month, question, answer, number)
SELECT date_trunc('month', c.submitted_at AT TIME ZONE 'Asia/Tokyo')::date, said.question, said.answer, count(*)
FROM intake_consultation c CROSS JOIN LATERAL (
    VALUES ('', ''), {", ".join(f"('{field}', c.{field})" for field in _ONE)}
    {" ".join(f"UNION ALL SELECT '{field}', unnest(c.{field})" for field in _SEVERAL)}
) AS said (question, answer)
WHERE c.id = ANY(%s) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (month, question, answer) DO UPDATE SET number = kept.number + excluded.number
"""  # noqa: S608 - made of our own field names


@dataclass(frozen=True)
class Row:
    """A count and what it counts; None is hidden."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Table:
    """The answers to one question. `several`: a person may have chosen several, so that they add up to nothing."""

    title: str
    rows: list[Row]
    several: bool


@dataclass(frozen=True)
class Statistics:
    """One period in numbers. `total` is None, and all else empty, where there are too few to tell of."""

    total: int | None
    by_month: list[tuple[date, int | None]]
    by_answer: list[Table]


def of(period: Period) -> Statistics:
    """The numbers of one period, as they may be shown: counts under 5 are hidden, and what would tell them.

    One statement, so that all of it is of one moment. Pages of different days differ by what came meanwhile, and
    that much they tell together: staff see it in the list.
    """
    counts = _counts(period)
    by_month = [counts.get((_MONTH, f"{month:%Y-%m}"), 0) for month in period.months]
    total = suppression.total(sum(by_month))
    if total is None:
        return Statistics(None, [], [])
    shown = zip(period.months, suppression.parts(by_month), strict=True)
    return Statistics(total, list(shown), [_table(question, counts) for question in _CHOICES])


def periods(today: date) -> list[Period]:
    """Those that hold a consultation, or held one, and the present one; the latest first."""
    stored = Consultation.objects.aggregate(earliest=Min("submitted_at"))["earliest"]
    erased = MonthlyCount.objects.aggregate(earliest=Min("month"))["earliest"]
    since = min(timezone.localdate(stored) if stored else today, erased or today)
    return months.periods(today, since=since)


def _table(question: Question, counts: dict[tuple[str, str], int]) -> Table:
    """With 未回答 where the answers are parts of the whole; elsewhere it would help to tell a hidden one."""
    assert question.options is not None  # noqa: S101 - as _CHOICES has it
    several = question.kind is Kind.MANY
    answers = [(value, str(label)) for value, label in question.options.choices]
    if not several:
        answers.append(("", "未回答"))
    numbers = [counts.get((question.field, value), 0) for value, _ in answers]
    shown = suppression.choices(numbers) if several else suppression.parts(numbers)
    rows = [Row(label, count) for (_, label), count in zip(answers, shown, strict=True)]
    return Table(question.label, rows, several)


def _counts(period: Period) -> dict[tuple[str, str], int]:
    """(question, answer) → how many consultations; months are answers to a question of their own."""
    begins, ends = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.after)
    )
    selected = Consultation.objects.filter(submitted_at__gte=begins, submitted_at__lt=ends).order_by()
    month = Func(TruncMonth("submitted_at"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    parts = [_part(selected, _MONTH, month)]
    for question in _CHOICES:
        several = question.kind is Kind.MANY
        answer = (
            Func(F(question.field), function="unnest", output_field=CharField())
            if several
            else F(question.field)
        )
        parts.append(_part(selected, question.field, answer))
    counts: Counter[tuple[str, str]] = Counter()
    for of_what, said, number in parts[0].union(*parts[1:], _erased(period), all=True):
        counts[of_what, said] += number
    return counts


def _part(
    selected: QuerySet[Consultation], of_what: str, answer: Combinable
) -> QuerySet[Consultation, tuple[str, str, int]]:
    counted = selected.annotate(of_what=Value(of_what), answer=answer).values("of_what", "answer")
    return counted.annotate(number=Count("*")).values_list("of_what", "answer", "number")


def _erased(period: Period) -> QuerySet[MonthlyCount, tuple[str, str, int]]:
    """The same of what the purge has erased: its number of consultations is the one of their month."""
    kept = MonthlyCount.objects.filter(month__gte=period.first, month__lt=period.after).order_by()
    month = Func(F("month"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    of_month = When(question="", then=Value(_MONTH))
    named = kept.annotate(
        of_what=Case(of_month, default=F("question"), output_field=CharField()),
        said=Case(When(question="", then=month), default=F("answer"), output_field=CharField()),
    )
    return named.values_list("of_what", "said", "number")


def keep(ids: list[UUID]) -> None:
    """Add consultations that the purge is about to delete to the monthly counts, which tell of nobody.

    In the caller's transaction, in one statement. What a person asked to erase is not kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [ids])
