"""第8条: erasing one consultation by hand: what the page says, who may, what goes and stays, what is refused."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.test import Client

from intake.choices import ContactKind
from intake.models import KIND, Consultation, Contact, MonthlyCount
from intake.services import contacts, erasure
from intake.services.erasure import ErasureBasis
from intake.services.technical import Technical
from safeguards.models import AuditEntry, Erasure, RecordKey
from safeguards.services import holds
from safeguards.services.holds import HoldBasis
from tests.intake.desk import contact, entries, fresh
from tests.intake.desk_page import NOW, TODAY, Answer, consultation, get, main, send, text, url
from tests.intake.desk_page import noon as noon
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

LIST = "/admin/intake/consultation/"


@pytest.fixture
def stored() -> Consultation:
    return consultation(origin=Technical("192.0.2.7", "Browser"))


@pytest.fixture
def officer() -> User:
    return member(*PRIVACY_OFFICER, last_name="kanri")


@pytest.fixture
def client(officer: User) -> Client:
    return client_of(officer)


def erase(client: Client, stored: Consultation, **data: Any) -> Answer:
    return send(client, stored, "erasure/", **{"basis": "request", "typed": stored.reference} | data)


def is_there(stored: Consultation) -> bool:
    return Consultation.objects.filter(id=stored.id).exists()


def test_the_page_says_what_goes_and_what_stays_and_opens_nothing(
    client: Client, stored: Consultation
) -> None:
    start = get(client, stored)
    assert f'<a href="{url(stored, "erasure/")}">相談を消去する</a>' in text(start)
    said = entries(stored.id)
    page = main(get(client, stored, "erasure/"))
    for words in ("消えるもの", "残るもの", "消去台帳の1行", "最長35日", "元に戻すことはできません。"):
        assert words in page
    assert "試験 太郎" not in page
    assert "保存期間の満了" not in page  # that is the purge's
    assert entries(stored.id) == said


@pytest.mark.parametrize("basis", ["request", "unwanted"])
def test_record_contacts_and_every_key_go_and_the_ledger_and_one_entry_stay(
    client: Client, officer: User, stored: Consultation, basis: str
) -> None:
    other = consultation()
    contact(stored, by=officer, note="折り返しは午後", at=NOW)
    said = AuditEntry.objects.count()
    answer = erase(client, stored, basis=basis)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    after = client.get(LIST)
    assert [str(message) for message in after.context["messages"]] == [
        f"相談 {stored.reference} を消去しました。"
    ]
    assert list(Consultation.objects.all()) == [other]
    assert not Contact.objects.exists()
    assert set(RecordKey.objects.values_list("record_id", flat=True)) == {other.id}
    gone = Erasure.objects.get()
    assert (gone.record_id, gone.kind, gone.basis, gone.run) == (stored.id, KIND, basis, None)
    assert (gone.erased_at, gone.drained_at) == (NOW, NOW)
    assert entries(stored.id)[-1] == ("consultations.erased", f"{basis}, 1", officer.pk)
    assert AuditEntry.objects.count() == said + 1
    assert not LogEntry.objects.exists()


def test_an_erasure_by_hand_adds_nothing_to_the_statistics(client: Client, stored: Consultation) -> None:
    erase(client, stored)
    assert not MonthlyCount.objects.exists()


@pytest.mark.parametrize("typed", ["{}", " {} ", "c{}", "digits", "full width"])
def test_the_reference_may_be_typed_in_any_usual_way(
    client: Client, stored: Consultation, typed: str
) -> None:
    digits = stored.reference.removeprefix("C-")
    wide = stored.reference.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    as_typed = {"c{}": f"c{digits}", "digits": digits.replace("-", ""), "full width": wide}
    given = as_typed.get(typed, typed.format(stored.reference))
    assert erase(client, stored, typed=given).status_code == 302


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"typed": ""}, "受付番号を入力してください。"),
        ({"typed": "C-00000-00000"}, "この相談の受付番号ではありません。"),
        ({"typed": "other"}, "この相談の受付番号ではありません。"),
        ({"basis": ""}, "消去する理由を選んでください。"),
        ({"basis": "retention"}, "消去する理由は、選択肢の中から選んでください。"),
        ({"basis": "whim"}, "消去する理由は、選択肢の中から選んでください。"),
    ],
)
def test_what_is_not_in_order_is_told_and_nothing_goes(
    client: Client, stored: Consultation, changed: dict[str, str], message: str
) -> None:
    if changed.get("typed") == "other":
        changed = {"typed": consultation().reference}
    answer = erase(client, stored, **changed)
    assert answer.status_code == 200
    assert "まだ消去していません" in main(answer)
    assert main(answer).count(message) == 2  # on top, and beside its field
    assert is_there(stored)
    assert not Erasure.objects.exists()


def test_what_a_colleague_did_meanwhile_is_told_first_and_a_second_press_erases(
    client: Client, stored: Consultation
) -> None:
    jiro = member(*RECEPTION, last_name="jiro")
    contact(stored, ContactKind.EMAIL_IN, by=jiro, on=TODAY, at=NOW)
    answer = erase(client, stored, version=1)
    assert "jiro：やり取りの記録" in main(answer)
    assert 'name="version" value="2"' in text(answer)
    assert f'value="{stored.reference}"' in text(answer)
    assert is_there(stored)
    assert erase(client, stored, version=2).status_code == 302
    assert not is_there(stored)


def test_what_is_held_is_not_erased_and_says_so(client: Client, stored: Consultation) -> None:
    at = NOW - timedelta(days=1)
    holds.place(kind=KIND, record_id=stored.id, basis=HoldBasis.LAW, at=at)
    for answer in (get(client, stored, "erasure/"), erase(client, stored)):
        assert answer.status_code == 200
        assert "消去を保留しています（法令による保存）" in main(answer)
        assert "<button" not in text(answer).split('id="content-main"')[1].split('id="footer"')[0]
    assert "消去が保留されているため、消去できません。" in main(erase(client, stored))
    assert is_there(stored)
    holds.release(kind=KIND, record_ids=[stored.id], at=NOW)
    assert erase(client, stored).status_code == 302


@pytest.mark.parametrize("rights", [VIEWER, RECEPTION, (*RECEPTION, "place_legalhold")])
def test_who_has_not_the_right_is_offered_nothing_and_refused(
    stored: Consultation, rights: tuple[str, ...]
) -> None:
    client = client_of(member(*rights))
    assert "erasure/" not in text(get(client, stored))
    assert get(client, stored, "erasure/").status_code == 403
    assert erase(client, stored).status_code == 403
    assert is_there(stored)


def test_djangos_own_deletion_is_off_for_everybody(admin_client: Client, stored: Consultation) -> None:
    for address in ("delete/", "change/"):
        answer = send(admin_client, stored, address, post="yes", _delete="on")
        assert answer.status_code == 403, address
    chosen = {"action": "delete_selected", "_selected_action": str(stored.id), "post": "yes"}
    admin_client.post(LIST, chosen)
    assert is_there(stored)
    assert "delete" not in text(admin_client.get(LIST)).split('id="content"')[1]


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("state/", {"status": "in_progress", "assignee": "", "next_action_on": ""}),
        ("contacts/", {"kind": "email.in", "on": TODAY, "note": "折り返しは午後"}),
        ("bounced/", {}),
        ("address/correct/", {"email": "jiro@example.jp"}),
        ("texts/", {}),
        ("technical/", {}),
        ("erasure/", {"basis": "request", "typed": "C-00000-00000"}),
    ],
)
def test_an_old_page_that_is_sent_after_the_erasure_is_told_and_brings_nothing_back(
    client: Client, officer: User, stored: Consultation, address: str, data: dict[str, Any]
) -> None:
    erase(client, stored)
    said, keys = AuditEntry.objects.count(), RecordKey.objects.count()
    answer = send(client, stored, address, version=1, **data)
    assert answer.status_code == 404
    assert "この相談は、消去されたか、アドレスが間違っています。変更は何も保存していません。" in main(answer)
    assert ("折り返しは午後" in main(answer)) is ("note" in data)
    assert not is_there(stored)
    assert not Contact.objects.exists()
    assert (AuditEntry.objects.count(), RecordKey.objects.count()) == (said, keys)


def test_the_service_brings_nothing_back_either(officer: User, stored: Consultation) -> None:
    old = fresh(stored)
    erasure.by_hand(stored.id, basis=ErasureBasis.REQUEST, seen=1, by=officer, at=NOW)
    with pytest.raises(Consultation.DoesNotExist):
        contacts.record(stored.id, kind=ContactKind.EMAIL_IN, on=TODAY, note="", seen=1, by=officer, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        old.save(update_fields=["version"])
    assert not is_there(stored)


def test_what_is_not_there_is_not_erased(officer: User) -> None:
    with pytest.raises(Consultation.DoesNotExist):
        erasure.by_hand(uuid4(), basis=ErasureBasis.REQUEST, seen=1, by=officer, at=NOW)
    assert not Erasure.objects.exists()
