"""第9条 (second point): the officer's pages of customers' data."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from retention.models import EntrustedData
from retention.services import entrusted
from safeguards.models import AuditEntry
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, client_of, member
from tests.retention import contracts
from tests.retention.contracts import AT, END, entry, fresh, registered, settled
from tests.retention.pages import DATA, main, ninetieth, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ninetieth")]
__all__ = ["ninetieth"]

DAY = timedelta(days=1)
TYPED: dict[str, Any] = {
    "customer": "株式会社見本製作所",
    "contract": "K-2024-001",
    "ended_on": "2026/11/30",
    "kinds": ["people", "files"],
    "kept_in": "本番のデータベース",
    "backup_until": "",
}
SETTLED = {
    "settlement": "deleted",
    "on": "2027-02-20",
    "evidence": "削除証明書 第12号",
    "backup_until": "2027-03-31",
}


@pytest.fixture
def me() -> User:
    return member(*PRIVACY_OFFICER)


@pytest.fixture
def client(me: User) -> Client:
    return client_of(me)


def url(data: EntrustedData, address: str = "change/") -> str:
    return f"{DATA}{data.id}/{address}"


def customers(client: Client, query: str = "") -> list[str]:
    return [data.customer for data in client.get(f"{DATA}?{query}").context["cl"].result_list]


def test_an_entry_is_registered(client: Client, me: User) -> None:
    answer = client.post(f"{DATA}add/", TYPED, follow=True)
    assert said(answer) == ["委託データを登録しました。"]
    data = EntrustedData.objects.get()
    assert (data.ended_on, data.kinds, data.backup_until) == (END, ["people", "files"], None)
    assert contracts.said(data.id) == [("entrusted.recorded", "", me.pk)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"customer": ""}, "顧客名を入力してください。"),
        (
            {"customer": "試験 太郎"},
            "顧客名に、氏名のように見える箇所があります。ここには個人の情報を書かずに、",
        ),
        (
            {"kept_in": "総務部（taro@example.jp）"},
            "保管場所に、個人のメールアドレスのように見える箇所があります。",
        ),
        ({"contract": "担当：佐藤花子"}, "契約番号などに、氏名のように見える箇所があります。"),
        ({"kinds": []}, "データの種類を、1つ以上選んでください。"),
        ({"kinds": ["invented"]}, "データの種類は、選択肢の中から選んでください。"),
        ({"ended_on": "2027/2/29"}, "契約の終了日は、2026/7/1 のように、実際にある日付を入力してください。"),
        ({"ended_on": "1026/11/30"}, "契約の終了日は、2000年から2099年までの日付を入力してください。"),
        (
            {"backup_until": "2026-11-29"},
            "バックアップに残る期限は、契約の終了日か、それより後の日にしてください。",
        ),
        (
            {"backup_until": "2027-03-31", "ended_on": ""},
            "契約の終了日が決まるまでは、バックアップに残る期限を",
        ),
    ],
)
def test_what_is_not_in_order_is_kept_with_a_message_beside_its_field_and_on_top(
    client: Client, typed: dict[str, Any], message: str
) -> None:
    answer = client.post(f"{DATA}add/", TYPED | typed)
    assert answer.status_code == 200
    assert main(answer).count(message) == 2
    for name, value in (TYPED | typed).items():
        assert answer.context["form"][name].value() == value
    assert not EntrustedData.objects.exists()


@pytest.mark.parametrize("customer", ["株式会社高橋", "山田運輸株式会社", "伊藤忠商事", "学校法人青山学院"])
def test_companies_that_are_named_after_people_are_no_people(client: Client, customer: str) -> None:
    client.post(f"{DATA}add/", TYPED | {"customer": customer, "kept_in": f"{customer}の専用サーバー"})
    assert EntrustedData.objects.get().customer == customer


def test_a_settlement_is_recorded_with_evidence(client: Client, me: User) -> None:
    data = registered(me)
    answer = client.post(url(data, "settle/"), SETTLED | {"version": "1"}, follow=True)
    assert said(answer) == ["返却・削除を記録しました。"]
    words = main(answer)
    assert "対応 削除した（2027年2月20日） 証跡 削除証明書 第12号" in words
    assert "バックアップに残る期限 2027年3月31日" in words
    assert fresh(data.id).settled_by == me


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"settlement": ""}, "返却したか、削除したかを選んでください。"),
        (
            {"on": "2026-11-29"},
            "対応した日は、契約の終了日（2026年11月30日）から今日（2027年2月28日）までのあいだで",
        ),
        (
            {"on": "2027-03-01"},
            "対応した日は、契約の終了日（2026年11月30日）から今日（2027年2月28日）までのあいだで",
        ),
        ({"on": ""}, "対応した日を入力してください。"),
        ({"evidence": ""}, "証跡を入力してください。"),
        ({"evidence": "佐藤花子が確認"}, "証跡に、氏名のように見える箇所があります。"),
        (
            {"backup_until": "2027-02-19"},
            "バックアップに残る期限は、対応した日（2027年2月20日）か、それより後の日に",
        ),
    ],
)
def test_a_settlement_that_is_not_in_order_is_not_recorded(
    client: Client, me: User, typed: dict[str, str], message: str
) -> None:
    data = registered(me)
    answer = client.post(url(data, "settle/"), SETTLED | typed | {"version": "1"})
    assert main(answer).count(message) == 2
    for name, value in (SETTLED | typed).items():
        assert answer.context["settle_form"][name].value() == value
    assert fresh(data.id).settled_on is None
    assert len(contracts.said(data.id)) == 1


def test_a_contract_that_goes_on_offers_no_settlement(client: Client, me: User) -> None:
    data = registered(me, ended_on=None)
    assert "返却・削除を記録する" not in main(client.get(url(data)))
    assert client.post(url(data, "settle/"), SETTLED | {"version": "1"}).status_code == 200
    assert fresh(data.id).settled_on is None


def test_a_mistaken_settlement_is_taken_back(client: Client, me: User) -> None:
    data = registered(me)
    entrusted.settle(data.id, settled(), seen=1, by=me, at=AT)
    assert "返却・削除の記録が誤っていたとき" in main(client.get(url(data)))
    answer = client.post(url(data, "reopen/"), {"version": "2"}, follow=True)
    assert said(answer) == ["返却・削除の記録を取り消しました。"]
    assert fresh(data.id).settled_on is None
    answer = client.post(url(data, "reopen/"), {"version": "3"})
    assert "返却・削除の記録は、すでに取り消されています。" in main(answer)


def test_the_end_of_settled_data_stays_before_the_settlement(client: Client, me: User) -> None:
    data = registered(me)
    entrusted.settle(data.id, settled(), seen=1, by=me, at=AT)
    for end, message in (
        ("", "契約の終了日を空けられません。"),
        ("2027-02-21", "それより前の日にしてください。"),
    ):
        answer = client.post(url(data), TYPED | {"ended_on": end, "version": "2"})
        assert message in main(answer)
    assert fresh(data.id).ended_on == END


def test_who_saves_second_is_told_what_happened_and_keeps_what_was_typed(client: Client, me: User) -> None:
    data, colleague = registered(me), member(last_name="例示", first_name="次郎")
    entrusted.change(data.id, entry(contract="K-2"), seen=1, by=colleague, at=AT)
    answer = client.post(url(data), TYPED | {"kept_in": "倉庫", "version": "1"})
    words = main(answer)
    assert "例示 次郎：委託データの変更" in words
    assert "契約番号など K-2" in words  # as it is now
    assert 'value="倉庫"' in answer.content.decode()
    answer = client.post(url(data), TYPED | {"kept_in": "倉庫", "version": "2"}, follow=True)
    assert said(answer) == ["委託データを変更しました。"]


def test_the_list_is_in_the_order_of_the_days_and_says_in_words_which_are_late(
    client: Client, me: User
) -> None:
    for name, end in (
        ("完了商事", END - 9 * DAY),
        ("継続商事", None),
        ("間近商事", END),
        ("超過商事", END - DAY),
    ):
        registered(me, customer=name, ended_on=end)
    done = EntrustedData.objects.get(customer="完了商事")
    entrusted.settle(done.id, settled(), seen=1, by=me, at=AT)
    assert customers(client) == ["超過商事", "間近商事", "継続商事", "完了商事"]
    words = main(client.get(DATA))
    assert "超過商事 期限超過 2027/02/27 2026/11/29" in words
    assert "間近商事 期限間近 2027/02/28 2026/11/30" in words
    assert "継続商事 契約中 - -" in words
    assert '<strong class="flag">期限超過</strong>' in client.get(DATA).content.decode()


def test_the_list_is_filtered_by_standing_and_searched_by_name(client: Client, me: User) -> None:
    ends = {
        "超過商事": END - DAY,
        "間近商事": END,
        "余裕商事": date(2027, 2, 1),
        "継続商事": None,
        "完了商事": END,
    }
    rows = {name: registered(me, customer=name, ended_on=end) for name, end in ends.items()}
    entrusted.settle(rows["完了商事"].id, settled(), seen=1, by=me, at=AT)
    found = {word: customers(client, f"standing={word}") for word in ("overdue", "soon", "ended", "running")}
    assert list(found.values()) == [["超過商事"], ["間近商事"], ["余裕商事"], ["継続商事"]]
    assert customers(client, "standing=settled") == ["完了商事"]
    assert "済（削除した、2027/02/20）" in main(client.get(f"{DATA}?standing=settled"))
    assert customers(client, "q=超過") == ["超過商事"]
    assert "「ない会社」に当てはまる委託データはありません。" in main(client.get(f"{DATA}?q=ない会社"))
    assert client.get(f"{DATA}?standing=nonsense").status_code == 302


def test_it_is_for_its_keepers_alone(me: User) -> None:
    data = registered(me)
    reception, onlooker = client_of(member(*RECEPTION)), client_of(member("view_entrusteddata"))
    entries = AuditEntry.objects.count()
    for address in (DATA, f"{DATA}add/", url(data)):
        assert reception.get(address).status_code == 403
    assert [onlooker.get(each).status_code for each in (DATA, url(data), f"{DATA}add/")] == [200, 200, 403]
    assert "保存する" not in main(onlooker.get(url(data)))
    for client in (reception, onlooker):
        for address in (f"{DATA}add/", url(data), url(data, "settle/"), url(data, "reopen/")):
            assert client.post(address, TYPED | SETTLED | {"version": "1"}).status_code == 403
    assert AuditEntry.objects.count() == entries


def test_what_is_not_there_is_not_found_and_nothing_is_deleted(client: Client, me: User) -> None:
    data = registered(me)
    assert client.get(f"{DATA}nonsense/change/").status_code == 404
    assert client.post(url(data, "delete/"), {"post": "yes"}).status_code == 403
    assert EntrustedData.objects.count() == 1
