"""3-5, 第9条: what the purge erases goes on counting in the statistics; what a person asked to erase does not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from intake.choices import QUESTIONS
from intake.models import Consultation, MonthlyCount
from intake.services import statistics
from intake.services.erasure import ErasureBasis, erase
from intake.services.statistics import Period, Statistics
from tests.intake import desk
from tests.intake.test_statistics import PERIOD, answers_to, sent

TOKYO = "+09:00"


def one(at: str, **answers: Any) -> UUID:
    """A consultation of that moment."""
    stored = desk.stored(**answers)
    stored.submitted_at = datetime.fromisoformat(at)
    stored.save(update_fields=["submitted_at"])
    return stored.id


def go(basis: ErasureBasis, *ids: UUID) -> None:
    """Erase these, or all."""
    selected = Consultation.objects.filter(id__in=ids) if ids else Consultation.objects.all()
    with transaction.atomic():
        erase(selected, basis=basis, at=desk.AT)


def months(*, question: str = "", answer: str = "") -> dict[date, int]:
    kept = MonthlyCount.objects.filter(question=question, answer=answer)
    return dict(kept.values_list("month", "number"))


@pytest.mark.django_db
def test_a_purge_changes_no_number_that_is_shown() -> None:
    sent(9, at="2026-06-30T23:59:59+09:00", employee_count="under_50", case_types=("harassment", "other"))
    sent(7, at="2026-07-01T00:00:00+09:00", case_types=("harassment",))
    sent(6, at="2026-08-15T12:00:00+09:00", employee_count="300_999")
    before = statistics.of(PERIOD)
    assert before.total == 22
    some = Consultation.objects.order_by("id").values_list("id", flat=True)[:11]
    go(ErasureBasis.RETENTION, *some)
    assert statistics.of(PERIOD) == before
    go(ErasureBasis.RETENTION)
    assert not Consultation.objects.exists()
    assert statistics.of(PERIOD) == before
    assert answers_to("case_types", before)["ハラスメントに関わる相談"] == 16


@pytest.mark.django_db
@pytest.mark.parametrize("basis", [ErasureBasis.REQUEST, ErasureBasis.UNWANTED])
def test_what_was_erased_for_another_reason_does_not_count_any_more(basis: ErasureBasis) -> None:
    sent(8, case_types=("harassment",))
    go(basis, Consultation.objects.values_list("id", flat=True)[0])
    found = statistics.of(PERIOD)
    assert found.total == 7
    assert answers_to("case_types", found)["ハラスメントに関わる相談"] == 7
    assert not MonthlyCount.objects.exists()


@pytest.mark.django_db
def test_small_counts_stay_hidden_however_they_are_put_together() -> None:
    sent(3, case_types=("harassment",), employee_count="under_50")
    sent(1, case_types=("other",), employee_count="300_999")
    go(ErasureBasis.RETENTION)
    assert statistics.of(PERIOD) == Statistics(None, [], [])
    sent(1, case_types=("harassment",), employee_count="under_50")
    found = statistics.of(PERIOD)  # 4 and 1: enough to tell of all, and too few to tell of either
    assert found.total == 5
    for field in ("case_types", "employee_count"):
        assert set(answers_to(field, found).values()) == {None}
    sent(1, case_types=("harassment",), employee_count="under_50")
    shown = answers_to("case_types", statistics.of(PERIOD))  # the fifth, of whom two are stored
    assert {number for number in shown.values() if number} == {5}


@pytest.mark.django_db
def test_months_of_what_was_erased_are_those_of_tokyo() -> None:
    moments = ("2024-02-29T23:59:59", "2024-03-01T00:00:00", "2024-12-31T23:59:59", "2025-01-01T00:00:00")
    for moment in moments:
        one(moment + TOKYO, employee_count="under_50")
    go(ErasureBasis.RETENTION)
    expected = {date(year, month, 1): 1 for year, month in ((2024, 2), (2024, 3), (2024, 12), (2025, 1))}
    assert months() == expected
    assert months(question="employee_count", answer="under_50") == expected
    assert months(question="groupware") == expected  # unanswered


@pytest.mark.django_db
def test_of_several_choices_each_is_kept_and_none_where_there_is_none() -> None:
    one("2026-07-01T12:00+09:00", case_types=("harassment", "other"))
    one("2026-07-02T12:00+09:00")
    go(ErasureBasis.RETENTION)
    kept = MonthlyCount.objects.filter(question="case_types").values_list("answer", "number")
    assert dict(kept) == {"harassment": 1, "other": 1}
    assert months() == {date(2026, 7, 1): 2}


@pytest.mark.django_db
def test_neither_company_nor_text_nor_person_is_kept() -> None:
    one("2026-07-01T12:00+09:00", case_types_other="海外赴任の面談", security="ISMSの資料")
    go(ErasureBasis.RETENTION)
    questions = {question.field for question in QUESTIONS if question.options}
    assert set(MonthlyCount.objects.values_list("question", flat=True)) <= {"", *questions}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, ' ') FROM intake_monthlycount c")
        (text,) = cursor.fetchone()
    for hidden in ("試験", "海外", "ISMS", desk.ADDRESS):
        assert hidden not in text


@pytest.mark.django_db
def test_periods_go_back_to_what_was_erased() -> None:
    one("2021-12-31T23:59:59+09:00")
    sent(1, at="2026-07-01T12:00+09:00")
    today = date(2026, 11, 24)
    before = statistics.periods(today)
    assert before[-1] == Period(date(2020, 1, 1), date(2022, 1, 1))
    go(ErasureBasis.RETENTION)
    assert statistics.periods(today) == before


@pytest.mark.django_db
def test_what_was_kept_is_counted_in_its_period_alone_and_in_one_statement() -> None:
    sent(6, at="2024-11-30T23:59:59+09:00")
    sent(7, at="2024-12-01T00:00:00+09:00")
    sent(8, at="2026-12-01T00:00:00+09:00")
    go(ErasureBasis.RETENTION)
    with CaptureQueriesContext(connection) as queries:
        assert statistics.of(PERIOD).total == 7
    assert len(queries) == 1


@pytest.mark.django_db
def test_keeping_is_one_statement_however_many() -> None:
    sent(20, case_types=("harassment", "other"))
    ids = list(Consultation.objects.values_list("id", flat=True))
    with CaptureQueriesContext(connection) as queries:
        statistics.keep(ids)
    assert len(queries) == 1
    assert months() == {date(2026, 7, 1): 20}


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_that_keep_at_once_add_up() -> None:
    sent(40, employee_count="under_50", case_types=("harassment", "other"))
    ids = list(Consultation.objects.order_by("id").values_list("id", flat=True))

    def keeping(mine: list[UUID]) -> Callable[[], None]:
        def verb() -> None:
            for record_id in mine:
                statistics.keep([record_id])

        return verb

    assert desk.at_once(keeping(ids[:20]), keeping(ids[20:])) == [None, None]
    july = {date(2026, 7, 1): 40}
    assert months() == months(question="employee_count", answer="under_50") == july
    assert months(question="case_types", answer="other") == july
