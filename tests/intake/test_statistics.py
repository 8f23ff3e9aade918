"""3-5: statistics — what they count, for whom, and that they tell of nobody."""

import re
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.choices import QUESTIONS
from intake.choices.options import CaseType, EmployeeCount
from intake.models import Consultation
from intake.services import statistics
from intake.services.statistics import Period, Statistics
from tests.intake import desk
from tests.intake.staff import client_of, member
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

URL = "/admin/intake/consultation/statistics/"
PERIOD = Period(date(2024, 12, 1), date(2026, 12, 1))
_number = count()


def sent(number: int, *, at: str = "2026-07-01T12:00+09:00", **answers: Any) -> None:
    """So many consultations of one moment with these answers."""
    first = desk.stored(**answers)
    first.submitted_at = datetime.fromisoformat(at)
    first.save(update_fields=["submitted_at"])
    columns = {field.attname: getattr(first, field.attname) for field in Consultation._meta.concrete_fields}
    copies = []
    for _ in range(number - 1):
        own = next(_number)
        keys = {"id": f"00000000-0000-4000-8000-{own:012}", "reference": f"C-00000-{own:05}"}
        copies.append(Consultation(**columns | keys | {"submission_token": keys["id"]}))
    Consultation.objects.bulk_create(copies)


def answers_to(field: str, found: Statistics) -> dict[str, int | None]:
    label = next(question.label for question in QUESTIONS if question.field == field)
    (table,) = [table for table in found.by_answer if table.title == label]
    return {row.label: row.count for row in table.rows}


def test_months_are_those_of_tokyo_and_the_period_has_its_bounds() -> None:
    sent(5, at="2024-11-30T23:59:59+09:00")
    sent(6, at="2024-12-01T00:00:00+09:00")
    sent(7, at="2026-10-31T23:59:59+09:00")
    sent(8, at="2026-11-30T23:59:59+09:00")
    sent(9, at="2026-12-01T00:00:00+09:00")
    found = statistics.of(PERIOD)
    assert found.total == 6 + 7 + 8
    assert len(found.by_month) == 24
    # Of 21 empty months each would be known as 0: so the smallest that may be shown is hidden with them.
    shown = {month: number for month, number in found.by_month if number is not None}
    assert shown == {date(2026, 10, 1): 7, date(2026, 11, 1): 8}


def test_each_choice_is_counted_and_the_unanswered_too() -> None:
    for value in EmployeeCount.values:
        sent(6, employee_count=value)
    sent(10)
    found = answers_to("employee_count", statistics.of(PERIOD))
    assert found == {str(label): 6 for label in EmployeeCount.labels} | {"未回答": 10}


def test_of_several_choices_each_counts_and_nothing_is_said_of_those_who_chose_none() -> None:
    sent(5, case_types=(CaseType.HARASSMENT, CaseType.OTHER))
    sent(4, case_types=(CaseType.HARASSMENT, CaseType.DISABILITY))
    sent(3)
    found = statistics.of(PERIOD)
    numbers = answers_to("case_types", found)
    shown = {label: number for label, number in numbers.items() if number is not None}
    assert shown == {str(CaseType.HARASSMENT.label): 9, str(CaseType.OTHER.label): 5}
    assert list(numbers) == CaseType.labels


def test_every_question_with_choices_has_its_table_and_no_other_has() -> None:
    sent(5)
    titles = [table.title for table in statistics.of(PERIOD).by_answer]
    assert titles == [question.label for question in QUESTIONS if question.options]
    assert not {"会社名", "担当者名", "役職", "メールアドレス", "セキュリティ要件"} & set(titles)


@pytest.mark.parametrize(("number", "total"), [(4, None), (5, 5), (6, 6)])
def test_too_few_in_all_are_not_told_of(number: int, total: int | None) -> None:
    sent(number, employee_count="under_50")
    found = statistics.of(PERIOD)
    assert found.total == total
    assert bool(found.by_month) is bool(found.by_answer) is (total is not None)


def test_the_numbers_are_one_statement_that_opens_nothing() -> None:
    sent(6)
    with CaptureQueriesContext(connection) as queries:
        statistics.of(PERIOD)
    assert len(queries) == 1
    assert "sealed" not in queries[0]["sql"]


@pytest.fixture
def client() -> Client:
    return client_of(member("view_consultation"))


def body(client: Client, query: str = "") -> str:
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_draws_bars_and_says_the_same_in_tables(client: Client) -> None:
    sent(20, at="2026-11-01T12:00+09:00", employee_count="under_50")
    sent(10, at="2026-11-01T12:00+09:00", employee_count="300_999")
    sent(7, at="2026-11-01T12:00+09:00")
    page = body(client)
    assert "この期間に受け付けた相談：<strong>37件</strong>" in page
    assert page.count("<svg role") == page.count("<title id") == page.count("<desc id") > 0
    assert "style=" not in page
    chart = page[page.index(">従業員規模</h2>") :].partition("</section>")[0]
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="number">([^<]+)</td>', chart) == [
        ("49名以下", "20"),
        ("50〜299名", "非表示"),
        ("300〜999名", "10"),
        ("1,000〜2,999名", "非表示"),
        ("3,000名以上", "非表示"),
        ("未回答", "非表示"),
    ]
    assert re.findall(r'<rect y="25" width="([\d.]+)%"', chart) == [
        "78.0",
        "0.0",
        "39.0",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_where_nothing_may_be_shown_the_page_says_so_instead_of_drawing_it(client: Client) -> None:
    sent(5, employee_count="under_50")
    page = body(client)
    assert "どの回答も" in page
    sent_none = page[page.index(">従業員規模</h2>") :].partition("</section>")[0]
    assert "<svg" not in sent_none


def test_no_company_no_person_and_no_free_text_is_on_it(client: Client) -> None:
    sent(9, company_name="試験商事", contact_name="試験 太郎", case_types_other="海外赴任の面談")
    page = body(client)
    for hidden in ("試験商事", "試験 太郎", "海外赴任", desk.ADDRESS):
        assert hidden not in page


def test_periods_are_chosen_by_a_link_and_nonsense_gives_the_latest(client: Client) -> None:
    sent(6, at="2026-11-01T12:00+09:00")
    sent(7, at="2023-11-01T12:00+09:00")
    assert "<strong>6件</strong>" in body(client)
    assert "<strong>7件</strong>" in body(client, "?back=1")
    for nonsense in ("?back=2", "?back=-1", "?back=x", "?back=１", "?back=" + "9" * 5000, "?other=1"):
        assert "<strong>6件</strong>" in body(client, nonsense)


def test_an_empty_desk_has_a_page_too(client: Client) -> None:
    assert "5件未満のため、統計は表示しません" in body(client)


def test_it_is_for_those_who_may_see_consultations_and_only_to_be_read(client: Client) -> None:
    assert sign_in(Client(), member("triage")).get(URL).status_code == 403
    assert Client().get(URL).status_code == 302
    assert client.post(URL).status_code == 405
    assert f'href="{URL}"' in client.get("/admin/intake/consultation/").content.decode()
