"""2-1: finding consultations by a part of the company's name and by exact e-mail, and who else is alike."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from intake.models import KIND, Consultation
from intake.rules import company
from intake.services import correction, search
from safeguards.models import AuditEntry, RecordKey
from tests.intake.desk import ADDRESS, AT, entries, fresh, stored
from tests.intake.forms_data import longest
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(databases="__all__")

# Letters that people search by, those that SQL's LIKE and PostgreSQL's arrays take for signs among them.
ALPHABET = "あアｱ株㈱髙高🍀Aaａ%_\\'\"{},ー 　(株)ﾞ゛"


def found(part: str) -> set[str]:
    return {one.company_name for one in search.by_company(Consultation.objects.all(), part)}


@pytest.mark.parametrize(
    "part",
    [
        "㈱試験",
        "（株）試験",
        "株式会社試験",
        "ｼｹﾝデー",
        "しけんでー",
        "データ　サービス",
        "ABC",
        "ａｂｃ",
        "ビ",
        "🍀",
    ],
)
def test_a_company_is_found_by_a_part_of_its_name_however_either_is_written(part: str) -> None:
    stored(company_name="㈱試験シケンデータ サービス🍀Abc")
    stored(company_name="株式会社サンプル商事")
    assert found(part) == {"㈱試験シケンデータ サービス🍀Abc"}


@pytest.mark.parametrize("part", ["験試", "試商", "試験商事株", "高", "%", "_", "試_商", "\\", "\x00x"])
def test_what_is_no_part_of_the_name_finds_nothing(part: str) -> None:
    stored(company_name="試験商事")
    stored(company_name="髙田工業")
    stored(company_name="")
    assert found(part) == set()


def test_pieces_that_are_all_there_but_elsewhere_are_not_taken_for_the_whole() -> None:
    stored(company_name="アイウイア")
    assert set(company.wanted(company.normal("ウイアイ"))) <= set(Consultation.objects.get().company_grams)
    assert found("ウイアイ") == set()


def test_an_empty_part_is_a_part_of_every_name() -> None:
    names = {"試験商事", ""}
    for name in names:
        stored(company_name=name)
    assert found("") == found(" 　") == names


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text(st.sampled_from(ALPHABET), max_size=6), min_size=1, max_size=6),
    part=st.text(st.sampled_from(ALPHABET), max_size=4),
)
def test_the_index_finds_what_looking_at_every_name_finds(names: list[str], part: str) -> None:
    ids = {stored(company_name=name).id: name for name in names}
    here = Consultation.objects.filter(id__in=ids)
    by_hand = {one for one, name in ids.items() if company.normal(part) in company.normal(name)}
    assert {one.id for one in search.by_company(here, part)} == by_hand


def test_the_search_keeps_to_the_consultations_that_it_is_given() -> None:
    first, second = stored(), stored()
    chosen = Consultation.objects.filter(id=second.id)
    assert list(search.by_company(chosen, "試験")) == [second]
    assert first.company_name == second.company_name


def test_the_longest_names_are_stored_and_found() -> None:
    letters = random.Random(7)  # noqa: S311
    squared = [chr(code) for code in range(0x3300, 0x3358)]  # ㌖ is written キロメートル: what grows most
    for name in (
        longest(200),
        "\ufdfa" * 200,
        "".join(letters.choices(squared, k=200)),
        "".join(chr(letters.randrange(0x20000, 0x2A000)) for _ in range(200)),
        "".join(chr(letters.randrange(0xFB50, 0xFDC8)) for _ in range(200)),
    ):
        one = stored(company_name=name)
        assert one in search.by_company(Consultation.objects.all(), name[50:60])
        assert one.company_grams == company.grams(company.normal(name))


def test_an_address_finds_its_consultations_newest_first_however_it_is_typed_and_the_audit_has_the_count() -> (
    None
):
    by = member()
    older, newer = stored(), stored(at=AT + timedelta(hours=1))
    stored(email="hanako@example.jp")
    for typed in (ADDRESS, " ＴＡＲＯ＠example.jp "):
        assert search.by_email(typed, by=by, at=AT) == [newer.id, older.id]
    assert search.by_email("nobody@example.jp", by=by, at=AT) == []
    said = AuditEntry.objects.filter(event="consultations.found").order_by("id")
    assert [
        (entry.label, entry.actor_id, entry.subject_kind, entry.subject_id, entry.at) for entry in said
    ] == [(count, by.pk, KIND, None, AT) for count in ("2", "2", "0")]
    assert entries(older.id) == []  # nobody opened anything


def test_what_was_corrected_keeps_its_place_in_the_order() -> None:
    by = member()
    older, newer = stored(email="x@example.jp"), stored(at=AT + timedelta(hours=1))
    correction.correct_address(older.id, email=ADDRESS, seen=1, by=by, at=AT + timedelta(hours=2))
    assert search.by_email(ADDRESS, by=by, at=AT) == [newer.id, older.id]


def test_a_key_that_a_crash_left_without_its_record_is_no_consultation() -> None:
    one, by = stored(), member()
    key = RecordKey.objects.get(record_id=one.id)
    for record_id in (uuid4(), one.id):  # without a record, and beside the record's own
        RecordKey.objects.create(
            id=uuid4(),
            kind=KIND,
            record_id=record_id,
            kek_id=key.kek_id,
            wrapped=key.wrapped,
            lookup=key.lookup,
            created_at=AT,
        )
    assert search.by_email(ADDRESS, by=by, at=AT) == [one.id]
    assert AuditEntry.objects.get(event="consultations.found").label == "1"
    assert search.alike(one).same_email == []


def test_a_search_writes_no_address_into_any_statement() -> None:
    stored()
    with CaptureQueriesContext(connection) as statements:
        assert search.by_email(ADDRESS, by=member(), at=AT)
    assert len(statements) >= 3
    assert not any("taro" in str(statement) for statement in statements)


def test_alike_are_the_others_of_the_same_address_and_those_of_the_same_company_newest_first() -> None:
    one = stored(company_name="㈱試験")
    elsewhere = stored(company_name="別の会社", at=AT + timedelta(hours=1))
    colleague = stored(company_name="株式会社　試験", email="jiro@example.jp", at=AT + timedelta(hours=2))
    both = stored(company_name="（株）試験", at=AT + timedelta(hours=3))
    stored(company_name="株式会社試験商事", email="other@example.jp")
    alike = search.alike(fresh(one))
    assert alike.same_email == [both, elsewhere]
    assert alike.same_company == [both, colleague]
    assert not AuditEntry.objects.filter(event__in=["consultations.found", "consultation.opened"]).exists()


def test_a_consultation_without_a_company_is_like_no_other_without_one() -> None:
    one = stored(company_name="", email="a@example.jp")
    stored(company_name="", email="b@example.jp")
    alike = search.alike(one)
    assert (alike.same_email, alike.same_company) == ([], [])


def test_after_a_correction_the_record_is_like_those_of_its_right_address(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    by = member()
    old, new = stored(company_name=""), stored(company_name="", email="hanako@example.jp")
    one = stored(company_name="")
    with django_capture_on_commit_callbacks(execute=True):  # with a vault apart the old key goes only then
        correction.correct_address(one.id, email="hanako@example.jp", seen=1, by=by, at=AT)
    assert search.alike(fresh(one)).same_email == [new]
    assert search.alike(fresh(old)).same_email == []


def test_the_hint_is_at_most_twenty_of_each_and_fetches_no_envelope(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [stored(at=AT + timedelta(minutes=number)) for number in range(25)]
    with django_assert_max_num_queries(3):
        alike = search.alike(made[0])
    newest = made[:4:-1]
    assert alike.same_email == alike.same_company == newest
    for other in alike.same_email:
        assert {"sealed", "technical"} <= other.get_deferred_fields()
