"""第9条: the page 「ほかの場所の確認」 — whom it lists, what is saved from it, and by whom."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from retention.admin import checklist
from retention.models import Place
from retention.services import checking
from safeguards.admin import CappedPaginator
from safeguards.models import AuditEntry
from safeguards.services import audit
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.pages import PLACES, main, noon, said
from tests.retention.places import AT, DAY, LAST, ending, mailbox, place, tick, ticks
from tests.retention.places import said as audited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
__all__ = ["editions", "noon"]

PAPER = "印刷したヒアリングシート"


@pytest.fixture
def me() -> User:
    return member(*RECEPTION, last_name="試験", first_name="花子")


@pytest.fixture
def client(me: User) -> Client:
    return client_of(me)


def references(client: Client, query: str = "") -> list[str]:
    return re.findall(r">(C-\d{5}-\d{5})<", client.get(f"{PLACES}?{query}").content.decode())


def box(consultation_tick: checking.Tick) -> str:
    return f"{consultation_tick.record_id}:{consultation_tick.place_id}"


def test_it_lists_who_ends_soon_with_company_days_and_a_box_for_each_place(client: Client) -> None:
    over, soon = ending(LAST - DAY), ending(LAST + 30 * DAY)
    ending(LAST + 31 * DAY)
    answer = client.get(PLACES)
    page, words = answer.content.decode(), main(answer)
    assert references(client) == [over.reference, soon.reference]
    assert page.count('type="checkbox"') == 10
    assert "試験商事 保存期間 2028年11月21日まで 終わりました 最終接触 2026年11月21日" in words
    assert "保存期間 2028年12月22日まで 最終接触 2026年12月22日" in words
    assert words.count("終わりました") == 1
    assert "受信箱・送信済み・ごみ箱" in words


def test_a_tick_is_saved_and_shown_with_who_and_when(client: Client, me: User) -> None:
    one = ending()
    answer = client.post(PLACES, {"tick": [box(tick(one, mailbox()))]}, follow=True)
    assert said(answer) == ["1件の相談について、確認を記録しました。"]
    assert ticks() == {tick(one, mailbox())}
    assert audited(one.id) == [("places.checked", "done=1", me.pk)]
    assert "メールボックス 試験 花子 11月22日" in main(answer)
    assert answer.content.decode().count(" checked>") == 1


def test_only_what_differs_from_what_was_shown_is_written(client: Client, me: User) -> None:
    """A colleague ticked the mailbox after this page was shown; this page is saved without it."""
    one, colleague = ending(), member()
    checking.note(done=[tick(one, mailbox())], undone=[], by=colleague, at=AT)
    client.post(PLACES, {"tick": [box(tick(one, place(PAPER)))]})
    assert ticks() == {tick(one, mailbox()), tick(one, place(PAPER))}
    client.post(PLACES, {"was": [box(tick(one, mailbox()))]})
    assert ticks() == {tick(one, place(PAPER))}
    shown = box(tick(one, place(PAPER)))
    answer = client.post(PLACES, {"tick": [shown], "was": [shown]}, follow=True)
    assert said(answer)[-1] == "変更はありませんでした。"
    assert len(audited(one.id)) == 3


def test_who_is_done_leaves_the_list_and_stands_among_all(client: Client) -> None:
    one = ending()
    everywhere = [box(tick(one, each)) for each in Place.objects.all()]
    client.post(PLACES, {"tick": everywhere})
    assert references(client) == []
    assert "確認の終わっていない相談はありません。" in main(client.get(PLACES))
    assert references(client, "all=1") == [one.reference]
    client.post(f"{PLACES}?all=1", {"tick": everywhere[1:], "was": everywhere})
    assert references(client) == [one.reference]


def test_a_sheet_that_was_shown_for_printing_is_a_hint(client: Client, me: User) -> None:
    one, _ = ending(), ending()
    event = audit.Event.CONSULTATION_PRINTED
    for at in (AT - 300 * DAY, AT - 9 * DAY):
        audit.record(event, actor=me, at=at, subject_kind="intake.consultation", subject_id=one.id)
    assert main(client.get(PLACES)).count("ヒアリングシートを2028年11月13日に表示しています。") == 1
    assert "CSVは、最後に" not in main(client.get(PLACES))
    audit.record(audit.Event.CONSULTATIONS_EXPORTED_PERSONAL, actor=me, at=AT - DAY, label="n=1")
    assert "個人情報を含むCSVは、最後に2028年11月21日に書き出されています" in main(client.get(PLACES))


def test_a_long_list_comes_in_pages_and_one_is_led_back_to_the_page_that_was_saved(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checklist, "PER_PAGE", 2)
    monkeypatch.setattr(CappedPaginator, "limit", 4)
    rows = [ending(LAST - each * DAY) for each in range(5, 0, -1)]
    assert references(client) == [rows[0].reference, rows[1].reference]
    assert references(client, "all=1&page=2") == [rows[2].reference, rows[3].reference]
    words = main(client.get(f"{PLACES}?page=2"))
    assert "（4件以上）" in words
    assert "2／2ページ" in words
    answer = client.post(f"{PLACES}?page=2", {"tick": [box(tick(rows[2], mailbox()))]})
    assert answer.headers["Location"] == f"{PLACES}?page=2"
    assert references(client, "page=nonsense") == references(client)


def test_what_no_page_of_ours_sends_is_refused(client: Client) -> None:
    for sent in ("x", f"{uuid4()}", f"{uuid4()}:{uuid4()}:1"):
        assert client.post(PLACES, {"tick": [sent]}).status_code == 400
    assert not AuditEntry.objects.filter(event="places.checked").exists()


@pytest.mark.parametrize(("rights", "may"), [(VIEWER, False), (RECEPTION, True), (PRIVACY_OFFICER, True)])
def test_it_is_for_those_who_work_on_consultations(rights: tuple[str, ...], may: bool) -> None:
    one, client = ending(), client_of(member(*rights))
    answers = [client.get(PLACES), client.post(PLACES, {"tick": [box(tick(one, mailbox()))]})]
    assert [answer.status_code for answer in answers] == ([200, 302] if may else [403, 403])
    assert bool(ticks()) is may


def test_it_opens_no_envelope_and_costs_the_same_queries_however_long_it_is(
    client: Client,
) -> None:
    for _ in range(3):
        ending()
    with CaptureQueriesContext(connection) as three:
        client.get(PLACES)
    for _ in range(9):
        ending()
    with CaptureQueriesContext(connection) as twelve:
        client.get(PLACES)
    assert len(three) == len(twelve)
    assert not any('"sealed"' in query["sql"] for query in twelve)


def test_without_places_or_editions_it_says_so(client: Client, editions: Editions) -> None:
    ending()
    Place.objects.update(in_use=False)
    assert "確認に使う場所が、1つも登録されていません" in main(client.get(PLACES))
    editions.change("facts.toml", ("years = 2", "years = many"))
    assert "保存期間が分かりません" in main(client.get(PLACES))
