"""2-1: what the page of one consultation shows, to whom, and what it leaves in the audit."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.choices import ContactKind, Status
from intake.models import Consultation
from intake.services import contacts, submission, triage
from intake.services.triage import State
from safeguards.services import envelopes
from tests.intake.desk_page import NOW, RECEIVED, TODAY, Answer, consultation, get, main, opened, text, url
from tests.intake.desk_page import noon as noon
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

NOTE = "面談は平日の午後がよいとのこと。"
FORMS = ("状態と担当", "やり取りを記録する", "取り消す", "不達を記録する", "メールアドレスを訂正する")


@pytest.fixture
def stored() -> Consultation:
    """With one contact and its note."""
    stored, by = consultation(), member(*RECEPTION)
    on = date(2026, 11, 10)
    contacts.record(stored.id, kind=ContactKind.TELEPHONE_OUT, on=on, note=NOTE, seen=1, by=by, at=NOW)
    stored.refresh_from_db()
    return stored


def page_of(stored: Consultation, *rights: str) -> Answer:
    return get(client_of(member(*rights)), stored)


def test_the_page_goes_from_what_stands_to_what_to_do_to_what_was_asked(stored: Consultation) -> None:
    page = main(page_of(stored, *PRIVACY_OFFICER))
    parts = (
        "次の対応日",
        "状態と担当",
        "やり取りの記録",
        "お申し込みの内容",
        "体制",
        "ケースと困りごと",
        "運用と支援",
        "ご連絡先",
        "お客さまへの受付メール",
        "同意と版",
        "接続元の情報",
    )
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_reception_reads_everything_but_the_connection_and_leaves_one_entry(stored: Consultation) -> None:
    page = main(page_of(stored, *RECEPTION))
    for shown in ("試験 太郎", "taro@example.jp", NOTE, *FORMS):
        assert shown in page
    assert "接続元" not in page
    assert "封をしています" not in page
    assert opened(stored) == 1


def test_who_may_only_see_finds_seals_and_no_forms_and_leaves_no_entry(stored: Consultation) -> None:
    page = main(page_of(stored, *VIEWER))
    for hidden in ("試験 太郎", "taro@example.jp", NOTE, "接続元", "ヒアリングシート", *FORMS):
        assert hidden not in page
    assert page.count("（封をしています）") == 7  # six answers and the note
    assert "電話をかけて話した" in page
    assert opened(stored) == 0


def test_the_privacy_officer_is_offered_the_connection(stored: Consultation) -> None:
    assert "接続元の情報" in main(page_of(stored, *PRIVACY_OFFICER))


def test_nobody_sees_the_page_without_the_right_to(stored: Consultation) -> None:
    assert get(client_of(member("open_envelope", "triage")), stored).status_code == 403
    assert get(Client(), stored).status_code == 302
    assert opened(stored) == 0


def test_the_page_is_kept_by_no_browser_and_its_title_holds_no_more_than_the_reference(
    stored: Consultation,
) -> None:
    answer = page_of(stored, *RECEPTION)
    assert "no-store" in answer["Cache-Control"]
    title = text(answer).split("<title>")[1].split("</title>")[0]
    assert title == f"{stored.reference} | 無料相談 | Casetra 管理"


def test_the_top_says_where_it_stands(stored: Consultation) -> None:
    hanako = member(*RECEPTION)
    hanako.first_name, hanako.last_name = "花子", "試験"
    hanako.save()
    state = State(Status.MEETING_SET, hanako, TODAY - timedelta(days=1))
    triage.set_state(stored.id, state, seen=stored.version, by=hanako, at=NOW)
    top = main(page_of(stored, *VIEWER)).split("やり取りの記録")[0]
    for shown in (
        "面談予定",
        "試験 花子",
        "2026年11月21日 過ぎています",
        "2026年11月10日",
        "2026年11月2日 12:04",
    ):
        assert shown in top


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "2026年11月21日 過ぎています"), (0, "2026年11月22日 今日"), (1, "2026年11月23日 最終")],
)
def test_a_next_action_is_late_the_day_after_its_day(stored: Consultation, days: int, words: str) -> None:
    by = member(*RECEPTION)
    state = State(Status.NEW, None, TODAY + timedelta(days=days))
    triage.set_state(stored.id, state, seen=stored.version, by=by, at=NOW)
    assert words in main(page_of(stored, *VIEWER))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"acknowledged_at": None, "submitted_at": NOW},
            "受付メール 未送信（送れるようになりしだい、自動で送ります）",
        ),
        ({"acknowledged_at": None}, "受付メール 未送信（自動では送られません。直接ご連絡ください）"),
        ({"acknowledged_at": NOW}, "受付メール 送信済み"),
        (
            {"acknowledged_at": None, "mail_refused_at": NOW},
            "受付メール 不達（メールサーバーに断られました）",
        ),
        ({"bounced_at": NOW}, "受付メール 不達（届かずに戻りました）"),
    ],
)
def test_the_mails_state_stands_in_words(stored: Consultation, facts: dict[str, object], words: str) -> None:
    Consultation.objects.filter(pk=stored.pk).update(**facts)
    assert words in main(page_of(stored, *VIEWER))


def test_an_envelope_that_does_not_open_is_said_so_and_the_rest_is_shown(stored: Consultation) -> None:
    envelopes.destroy(kind=submission.KIND, record_ids=[stored.id])
    page = main(page_of(stored, *RECEPTION))
    assert "個人情報の封を開けませんでした" in page
    assert page.count("（開けませんでした）") == 7
    assert "300〜999名" in page
    assert "確認へ進む" not in page  # nothing could be resealed
    assert opened(stored) == 0


def test_others_of_the_same_person_or_company_are_pointed_out(stored: Consultation) -> None:
    same_person = consultation(email="Taro@example.jp", company_name="")
    same_company = consultation(email="hanako@example.jp", company_name="試験 商事")
    page = page_of(stored, *RECEPTION)
    assert "同じメールアドレスの相談が1件あります。" in main(page)
    assert "同じ会社の相談が1件あります。" in main(page)
    for other in (same_person, same_company):
        assert url(other) in text(page)


def test_who_may_not_know_persons_is_not_told_of_the_same_person(stored: Consultation) -> None:
    consultation(email="taro@example.jp")
    assert "同じメールアドレス" not in main(page_of(stored, *VIEWER))


def test_nothing_is_pointed_out_where_there_is_nobody_alike(stored: Consultation) -> None:
    consultation(email="hanako@example.jp", company_name="別の商事")
    assert "ほかの相談" not in main(page_of(stored, *RECEPTION))


def test_more_than_can_be_listed_are_counted_as_at_least_so_many(stored: Consultation) -> None:
    for number in range(21):
        consultation(email=f"{number}@example.jp", company_name="試験商事")
    assert "同じ会社の相談が20件以上あります。" in main(page_of(stored, *VIEWER))


def test_an_erased_consultation_is_said_to_be_gone(stored: Consultation) -> None:
    stored.pk = uuid4()
    answer = page_of(stored, *VIEWER)
    assert answer.status_code == 404
    assert "消去されたか" in main(answer)


def test_what_is_no_number_of_a_consultation_is_not_found() -> None:
    client = client_of(member(*VIEWER))
    assert client.get("/admin/intake/consultation/taro@example.jp/change/").status_code == 404


def test_djangos_own_history_is_not_there_and_its_log_stays_empty(stored: Consultation) -> None:
    client = client_of(member(*PRIVACY_OFFICER))
    assert "履歴" not in text(get(client, stored))
    assert get(client, stored, "history/").status_code == 404
    assert not LogEntry.objects.exists()


def test_the_page_costs_the_same_queries_however_long_the_ledger_is(stored: Consultation) -> None:

    client, by = client_of(member(*PRIVACY_OFFICER)), member(*RECEPTION)
    with CaptureQueriesContext(connection) as short:
        get(client, stored)
    for _ in range(10):
        stored.refresh_from_db()
        contacts.record(
            stored.id, kind=ContactKind.EMAIL_IN, on=TODAY, note=NOTE, seen=stored.version, by=by, at=NOW
        )
    with CaptureQueriesContext(connection) as long:
        get(client, stored)
    assert len(long) == len(short)


def test_received_means_the_day_in_tokyo() -> None:
    stored = consultation(at=RECEIVED.replace(hour=15, minute=0))
    assert "2026年11月3日 00:00" in main(page_of(stored, *VIEWER))


def test_who_may_read_the_audit_is_led_to_what_it_says_of_this_consultation(stored: Consultation) -> None:
    client, address = client_of(member(*PRIVACY_OFFICER)), "/admin/safeguards/auditentry/"
    link = f"{address}?q={stored.pk}"
    assert f'href="{link}"' in text(get(client, stored))
    about = client.get(link).context["cl"].queryset
    assert set(about.values_list("subject_id", flat=True)) == {stored.pk}
    assert about.filter(event="contact.recorded").exists()
    assert address not in text(page_of(stored, *RECEPTION))
