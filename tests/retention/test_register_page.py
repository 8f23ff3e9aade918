"""第9条: the officer's pages of the register of places outside."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from retention.models import Place
from retention.services import places
from safeguards.models import AuditEntry
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, client_of, member
from tests.retention.pages import PLACES, main, said
from tests.retention.places import AT, mailbox

pytestmark = pytest.mark.django_db

NEW = {
    "place_name": "共有フォルダー",
    "what_to_do": "個人情報を含むファイルを消してください。",
    "in_use": "on",
}


@pytest.fixture
def me() -> User:
    return member(*PRIVACY_OFFICER)


@pytest.fixture
def client(me: User) -> Client:
    return client_of(me)


def url(place: Place) -> str:
    return f"{PLACES}{place.id}/change/"


def test_a_place_is_added_changed_and_put_aside(client: Client) -> None:
    assert said(client.post(f"{PLACES}add/", NEW, follow=True)) == ["保存場所を追加しました。"]
    place = Place.objects.get(name="共有フォルダー")
    aside = {"place_name": "ファイルサーバー", "what_to_do": place.what_to_do, "version": "1"}
    answer = client.post(url(place), aside, follow=True)
    assert said(answer) == ["保存場所を変更しました。"]
    assert "6 ファイルサーバー 個人情報を含むファイルを消してください。 使っていません" in main(answer)
    assert said(client.post(url(place), aside | {"version": "2"}, follow=True)) == [
        "変更はありませんでした。"
    ]
    labels = AuditEntry.objects.filter(subject_id=place.id).order_by("id").values_list("label", flat=True)
    assert list(labels) == ["added", "name, in_use"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"place_name": " "}, "場所を入力してください。"),
        ({"place_name": "あ" * 51}, "場所は50文字以内で入力してください（いま51文字です）。"),
        ({"place_name": "場\u202e所"}, "場所に、使えない文字（制御文字）が含まれています。"),
        ({"place_name": "メールボックス"}, "同じ名前の場所が、すでにあります。"),
        ({"what_to_do": ""}, "することを入力してください。"),
        (
            {"what_to_do": "佐藤花子さん（03-1234-5678）に聞いてください。"},
            "することに、氏名・電話番号のように見える箇所があります。",
        ),
    ],
)
def test_what_is_not_in_order_is_kept_with_a_message_beside_its_field_and_on_top(
    client: Client, typed: dict[str, str], message: str
) -> None:
    answer = client.post(f"{PLACES}add/", NEW | typed)
    assert answer.status_code == 200
    assert main(answer).count(message) == 2
    assert "エラー: " in answer.content.decode().split("</title>")[0]
    for name, value in (NEW | typed).items():
        if name != "in_use":
            assert answer.context["form"][name].value() == value
    assert Place.objects.count() == 5


def test_too_many_in_use_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST", 5)
    assert "確認に使う場所は20か所までです。" in main(client.post(f"{PLACES}add/", NEW))
    assert Place.objects.count() == 5


def test_who_saves_second_is_told_what_happened_and_keeps_what_was_typed(client: Client) -> None:
    place, colleague = mailbox(), member(last_name="例示", first_name="次郎")
    entry = places.Entry("受信箱", place.what_to_do)
    places.change(place.id, entry, seen=1, by=colleague, at=AT)
    answer = client.post(url(place), NEW | {"version": "1"})
    words = main(answer)
    assert "まだ保存していません" in words
    assert "例示 次郎：ほかの保存場所の一覧の変更" in words
    assert 'value="共有フォルダー"' in answer.content.decode()
    assert '<input type="hidden" name="version" value="2">' in answer.content.decode()
    client.post(url(place), NEW | {"version": "2"})
    place.refresh_from_db()
    assert place.name == "共有フォルダー"


def test_it_is_for_its_keepers_alone() -> None:
    reception, place = client_of(member(*RECEPTION)), mailbox()
    assert reception.get(f"{PLACES}register/").status_code == 403
    for address in (f"{PLACES}add/", url(place)):
        assert reception.get(address).status_code == 403
        assert reception.post(address, NEW | {"version": "1"}).status_code == 403
    assert "保存場所の一覧" not in main(reception.get(PLACES))
    assert not AuditEntry.objects.filter(event="places.changed").exists()


def test_a_place_that_is_not_there_is_not_found_and_none_is_deleted(client: Client) -> None:
    assert client.get(f"{PLACES}nonsense/change/").status_code == 404
    assert client.post(f"{PLACES}{mailbox().id}/delete/", {"post": "yes"}).status_code == 403
    assert Place.objects.count() == 5
