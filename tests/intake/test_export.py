"""2-1: the export — what is in the file, for whom, what the audit says, and what goes wrong half-way."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from intake.admin import export as page
from intake.choices import QUESTIONS, Status
from intake.models import KIND, Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services import export
from intake.services.selection import Period
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from safeguards.services.audit import Event
from tests.corpus import FORMULA_ADDRESSES, FORMULAS
from tests.intake import desk
from tests.intake.client import every_statement
from tests.intake.exported import ALL, PERSONAL, URL, raw, rows, table
from tests.intake.listing import AT, row
from tests.intake.staff import client_of, member
from tests.staff import sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

HEAD = ["受付番号", "受付日時", "状態", "最終接触日", "次の対応日", "担当者", "受付メール"]
PLAIN_LABELS = [q.label for q in QUESTIONS if q.field not in PERSONAL_FIELDS]


@pytest.fixture
def me() -> User:
    return member("view_consultation", "export_personal")


@pytest.fixture
def officer(me: User) -> Client:
    return client_of(me)


@pytest.fixture
def viewer() -> Client:
    return client_of(member("view_consultation"))


def stored(*, at: datetime = AT, **answers: Any) -> Consultation:
    return desk.stored(at=at, **answers)


def taken() -> list[tuple[str, int | None, str, str]]:
    entries = AuditEntry.objects.filter(event__startswith="consultations.exported").order_by("id")
    return list(entries.values_list("event", "actor_id", "subject_kind", "label"))


def test_whoever_sees_the_list_takes_it_without_personal_data(viewer: Client) -> None:
    consultation = stored(
        employee_count="300_999", case_types=("harassment", "other"), security="極秘", position="部長"
    )
    assignee = member("triage", last_name="受付", first_name="花子")
    Consultation.objects.update(
        assignee=assignee, status=Status.MET, next_action_on=date(2026, 12, 1), acknowledged_at=AT
    )
    answer = viewer.post(URL, ALL)
    head, line = table(answer)
    assert head == HEAD + PLAIN_LABELS
    cells = dict(zip(head, line, strict=True))
    assert line[:7] == [
        consultation.reference,
        "2026-11-02 12:00",
        "面談済",
        "2026-11-02",
        "2026-12-01",
        "受付 花子",
        "送信済み",
    ]
    assert cells["会社名"] == "試験商事"
    assert cells["従業員規模"] == "300〜999名"
    assert cells["ケース種別"] == "ハラスメントに関わる相談、その他"
    assert cells["導入希望時期"] == ""
    for personal in ("試験 太郎", desk.ADDRESS, "極秘", "部長"):
        assert personal not in "".join(line)


def test_the_officer_takes_every_answer(officer: Client) -> None:
    stored(security="一行目\n二行目", position="部長")
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert list(cells) == HEAD + [question.label for question in QUESTIONS]
    assert cells["メールアドレス"] == desk.ADDRESS
    assert (cells["担当者名"], cells["役職"]) == ("試験 太郎", "部長")
    assert cells["セキュリティ要件"] == "一行目\n二行目"


def test_the_officer_too_takes_personal_data_only_when_asked_for(officer: Client) -> None:
    stored()
    assert desk.ADDRESS not in raw(officer.post(URL, {**ALL, "contents": "plain"})).decode()
    assert [event for event, *_ in taken()] == [Event.CONSULTATIONS_EXPORTED]


def test_the_audit_says_who_took_how_many_of_what_before_the_first_line_leaves(
    officer: Client, me: User
) -> None:
    stored(), stored()
    asked = {"received_from": "2026-11-01", "received_to": "2026年11月30日", "status": "open"}
    officer.post(URL, {**PERSONAL, **asked})  # not read to its end
    label = "n=2, received=2026-11-01..2026-11-30, status=open"
    assert taken() == [(Event.CONSULTATIONS_EXPORTED_PERSONAL, me.pk, KIND, label)]
    officer.post(URL, {**ALL, "contents": "plain"})
    assert taken()[1:] == [(Event.CONSULTATIONS_EXPORTED, me.pk, KIND, "n=2, received=.., status=any")]
    assert not LogEntry.objects.exists()


def test_the_file_is_one_that_excel_opens_and_nobody_keeps(viewer: Client) -> None:
    stored()
    answer = viewer.post(URL, ALL)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    day = timezone.localdate()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="consultations-{day}.csv"'
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    content = raw(answer)
    assert content.startswith(b'\xef\xbb\xbf"')
    assert content.endswith(b'"\r\n')


def test_the_filename_tells_a_file_with_personal_data(officer: Client) -> None:
    stored()
    disposition = officer.post(URL, PERSONAL).headers["Content-Disposition"]
    assert f"consultations-personal-{timezone.localdate()}.csv" in disposition


def test_period_and_status_select_and_the_newest_stand_first(viewer: Client) -> None:
    midnight = datetime(2026, 3, 9, 15, tzinfo=UTC)  # 10 March, 0:00 in Tokyo
    instant, day = timedelta(microseconds=1), timedelta(days=1)
    row(at=midnight - instant)
    first, last = row(at=midnight, status=Status.WON), row(at=midnight + day - instant)
    row(at=midnight + day)
    asked = {"received_from": "2026/3/10", "received_to": "２０２６年３月１０日"}
    found = [cells["受付番号"] for cells in rows(viewer.post(URL, {**ALL, **asked}))]
    assert found == [last.reference, first.reference]
    for status, expected in (("won", first), ("open", last), ("new", last)):
        (cells,) = rows(viewer.post(URL, {**asked, "status": status}))
        assert cells["受付番号"] == expected.reference


def test_batches_neither_lose_nor_repeat_a_row(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_BATCH", 3)
    for n in range(10):  # several of the same moment, across the batches' ends
        row(at=AT - timedelta(hours=n // 4))
    found = [cells["受付番号"] for cells in rows(viewer.post(URL, ALL))]
    assert found == [each.reference for each in Consultation.objects.all()]


def test_a_batch_costs_two_queries_however_long_it_is(officer: Client) -> None:
    for _ in range(4):
        row(assignee=member("triage"))
    with every_statement() as statements:
        raw(officer.post(URL, PERSONAL))
    about = [sql for sql in statements if "intake_consultation" in sql or "recordkey" in sql]
    assert len(about) == 4  # the count, the batch, its keys, and the batch behind it, which is empty


def test_without_the_right_no_envelope_is_even_fetched(viewer: Client) -> None:
    stored()
    with every_statement() as statements:
        raw(viewer.post(URL, ALL))
    assert not any('"sealed"' in sql or "recordkey" in sql for sql in statements)


def test_what_comes_in_while_the_file_is_made_is_not_in_it(me: User) -> None:
    stored()
    made = export.plain(export.Scope(Period()), by=me, at=AT)
    stored(at=AT + timedelta(seconds=1))
    assert made.count == 1
    assert "".join(made.text).count("\r\n") == 2


def test_one_envelope_that_does_not_open_is_said_so_and_the_others_are_written(officer: Client) -> None:
    broken, sound = stored(), stored()
    envelopes.destroy(kind=KIND, record_ids=[broken.id])
    cells = {each["受付番号"]: each for each in rows(officer.post(URL, PERSONAL))}
    assert cells[broken.reference]["メールアドレス"] == "（開けませんでした）"
    assert cells[broken.reference]["会社名"] == "試験商事"
    assert cells[sound.reference]["メールアドレス"] == desk.ADDRESS


@pytest.mark.parametrize("formula", [*FORMULAS, "<script>alert(1)</script>"])
def test_no_answer_becomes_a_formula(officer: Client, formula: str) -> None:
    stored(company_name=formula, contact_name=formula, security=formula)
    (cells,) = rows(officer.post(URL, PERSONAL))
    for column in ("会社名", "担当者名", "セキュリティ要件"):
        assert cells[column] in (formula, f"'{formula}")
        assert cells[column].strip(" \t\r\n\u00a0\u3000\ufeff")[0] not in "=+-@＝＋－＠−"


@pytest.mark.parametrize("address", FORMULA_ADDRESSES)
def test_no_address_becomes_a_formula(officer: Client, address: str) -> None:
    stored(email=address)
    (cells,) = rows(officer.post(URL, PERSONAL))
    assert cells["メールアドレス"] == f"'{address}"


def test_personal_data_needs_the_right_also_by_a_typed_address(viewer: Client) -> None:
    stored()
    form = viewer.get(URL).content.decode()
    assert "個人情報あり" not in form
    assert viewer.post(URL, PERSONAL).status_code == 403
    assert client_of(member("export_personal")).post(URL, PERSONAL).status_code == 403
    assert client_of(member()).get(URL).status_code == 403
    assert Client().post(URL, PERSONAL).status_code == 403
    assert taken() == []


def test_the_post_must_come_from_our_own_page(me: User) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), me)
    assert client.post(URL, ALL).status_code == 403
    assert taken() == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"confirmed": ""}, "取扱いの確認にチェックを入れてください"),
        ({"contents": ""}, "書き出す内容を選んでください"),
        ({"contents": "everything"}, "書き出す内容は、選択肢の中から"),
        ({"status": "nonsense"}, "状態は、選択肢の中から"),
        ({"received_from": "きのう"}, "実際にある日付を入力してください"),
        ({"received_from": "2026-02-30"}, "実際にある日付を入力してください"),
        ({"received_from": "0001-01-01"}, "2000年から2099年まで"),
        ({"received_to": "9999-12-31"}, "2000年から2099年まで"),
        ({"received_from": "2026-03-02", "received_to": "2026-03-01"}, "始まりと同じ日か、その後の日"),
        ({"received_to": "2026-11-01"}, "当てはまる相談がありません"),
        ({"received_from": "2026-01-01\x00"}, "実際にある日付を入力してください"),
    ],
)
def test_what_is_wrong_gets_a_message_what_was_typed_is_kept_and_nothing_leaves(
    officer: Client, asked: dict[str, str], message: str
) -> None:
    stored()
    answer = officer.post(URL, {**PERSONAL, "received_from": "2026-01-05", **asked})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert message in shown
    assert "<title>エラー: " in shown
    assert re.search(r"\d\d:\d\dの指定では、書き出していません。入力を確かめてください。", shown)
    if "received_from" not in asked:
        assert 'value="2026-01-05"' in shown
    assert taken() == []


def test_who_takes_file_after_file_is_stopped_for_the_hour(
    viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PER_HOUR", 1)
    stored()
    assert viewer.post(URL, ALL).status_code == 200
    refused = viewer.post(URL, ALL)
    assert refused.status_code == 429
    assert "1時間に1回まで" in refused.content.decode()
    assert len(taken()) == 1
