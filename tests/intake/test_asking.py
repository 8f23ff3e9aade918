"""2-1: staff who read what the screen missed ask for a review, and until it ends the texts are hidden."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from intake.models import Consultation
from intake.services import asking, changes, export, review, sight
from intake.services.asking import AlreadyDue
from intake.services.export import Scope
from intake.services.locking import Outdated
from intake.services.selection import Period
from tests.intake.desk import at_once, entries, fresh
from tests.intake.desk_page import NOW, RECEIVED, consultation, get, main, said, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member
from tests.intake.texts import CLEAN, PHONE, RAW, REVIEWER, RULES, flagged, personal, redact_all

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("noon"),
]

ASK, MISSED = "自由記載の確認を頼む", "例の件の方の保管は国内を希望します。"


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="高橋", first_name="花子")


@pytest.fixture
def one() -> Consultation:
    return consultation(security=MISSED)


def test_who_works_on_it_asks_by_a_button_and_the_list_and_the_audit_tell(
    one: Consultation, hanako: User
) -> None:
    client = client_of(hanako)
    assert ASK in main(get(client, one))
    assert saved(send(client, one, "review/"), one)
    assert said(client, one) == [
        "自由記載の確認を、個人情報管理者に頼みました。確かめ終わるまで、伏せて表示します。"
    ]
    after = fresh(one)
    assert (after.review, after.flagged_at, after.version) == ("due", NOW, 2)
    assert entries(one.id)[-2:] == [
        ("consultation.flagged", "asked", hanako.pk),
        ("consultation.opened", "", hanako.pk),
    ]
    assert one.reference in text(client.get("/admin/intake/consultation/?review=due"))


def test_until_it_ends_no_text_stands_in_ordinary_sight_or_in_a_file(one: Consultation, hanako: User) -> None:
    asking.ask(one.id, seen=1, by=hanako, at=NOW)
    page = get(client_of(hanako), one)
    assert MISSED not in text(page)
    assert "確かめ終わるまで、すべてを伏せています。" in main(page)
    assert ASK not in main(page)
    assert MISSED not in "".join(export.personal(Scope(Period()), by=hanako, at=NOW).text)


def test_what_was_decided_before_is_hidden_as_a_whole_and_waits_from_now_on(hanako: User) -> None:
    other = flagged()
    review.release(other.id, rules=RULES, seen=1, by=hanako, at=RECEIVED + timedelta(days=1))
    asking.ask(other.id, seen=2, by=hanako, at=NOW)
    after = fresh(other)
    assert (after.review, after.flagged_at) == ("due", NOW)
    shown, hidden = sight.ordinary(after, personal(other))
    assert (shown.security, set(hidden)) == ("", {"pain_points_other", "security"})


def test_the_officer_is_told_who_asked_masks_by_hand_and_ends_it(one: Consultation, hanako: User) -> None:
    client = client_of(member(*REVIEWER))
    assert ASK not in main(get(client, one)), "who may look need not ask"
    asking.ask(one.id, seen=1, by=hanako, at=NOW)
    page = main(send(client, one, "texts/"))
    assert "2026年11月22日から要確認です。高橋 花子が確認を頼みました。いまの規則では、" in page
    send(client, one, "texts/mask/security/", passage="例の件の方")
    assert saved(send(client, one, "texts/release/"), one)
    assert (fresh(one).review, personal(one).security) == ("redacted", "■■の保管は国内を希望します。")


def test_what_the_screen_flagged_was_asked_for_by_nobody(hanako: User) -> None:
    other = flagged()
    assert asking.asked_by(other) is None
    redact_all(other, by=hanako, at=NOW)
    asking.ask(other.id, seen=2, by=hanako, at=NOW + timedelta(hours=1))
    assert asking.asked_by(fresh(other)) == hanako


def test_what_waits_already_is_not_asked_for_again(hanako: User) -> None:
    other = flagged()
    with pytest.raises(AlreadyDue):
        asking.ask(other.id, seen=1, by=hanako, at=NOW)
    assert (fresh(other).version, fresh(other).flagged_at) == (1, RECEIVED)
    answer = send(client_of(hanako), other, "review/")
    assert "この相談の自由記載は、すでに要確認です。" in main(answer)
    assert [raw for raw in RAW if raw in text(answer)] == []
    assert PHONE in personal(other).security


def test_of_two_who_ask_at_once_one_is_told_that_a_colleague_has(one: Consultation, hanako: User) -> None:
    answers = at_once(*[lambda: asking.ask(one.id, seen=1, by=hanako, at=NOW)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", Outdated.__name__]
    assert len(entries(one.id)) == 1
    (change,) = changes.since(fresh(one), seen=1)
    assert (change.by, [label for _, label in change.entries]) == (hanako, ["asked"])
    told = main(send(client_of(hanako), one, "review/", version=1))
    assert "高橋 花子（あなた）：自由記載を要確認にした（職員の依頼）" in told


@pytest.mark.parametrize("rights", [VIEWER, ("view_consultation", "open_envelope", "review_texts")])
def test_asking_needs_the_right_to_work_on_it(one: Consultation, rights: tuple[str, ...]) -> None:
    client = client_of(member(*rights))
    assert ASK not in main(get(client, one))
    assert send(client, one, "review/").status_code == 403
    assert fresh(one).review == ""


def test_without_a_free_text_there_is_nothing_to_ask_for(hanako: User) -> None:
    client = client_of(hanako)
    assert ASK not in main(get(client, consultation(security="")))
    assert ASK in main(get(client, consultation(security=CLEAN)))
    assert get(client, consultation(), "review/").status_code == 302
