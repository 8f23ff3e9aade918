"""2-1: free texts that look personal, masked on the page of one consultation and on its sheet."""

import pytest
from django.contrib.auth.models import User

from intake.models import Consultation
from tests.intake.desk_page import Answer, consultation, events, get, main, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member
from tests.intake.texts import CLEAN, RAW, REVIEWER, flagged

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]

SHOW, MASK = "自由記載を表示する", "自由記載を伏せ字にする"


@pytest.fixture
def stored() -> Consultation:
    return flagged()


@pytest.fixture
def officer() -> User:
    return member(*REVIEWER, last_name="kanri")


def raw(answer: Answer) -> list[str]:
    """What of the texts stands anywhere in the page, folded or not."""
    return [each for each in RAW if each in text(answer)]


@pytest.mark.parametrize("address", ["change/", "sheet/"])
def test_what_looks_personal_is_masked_in_ordinary_sight_and_stands_nowhere_in_the_page(
    stored: Consultation, officer: User, address: str
) -> None:
    for user in (member(*RECEPTION), officer):
        answer = get(client_of(user), stored, address)
        assert raw(answer) == []
        page = main(answer)
        assert "■■さんが■■で休職中です。面談の日程が合いません。" in page
        for words in (
            "要確認 特定の方の病名や健康の情報のように見える箇所が1つ、氏名のように見える箇所が1つあり、「■■」",
            "要確認 電話番号のように見える箇所が1つあり、「■■」で伏せています。",
        ):
            assert words in page.replace("\u3000", " ")


def test_an_envelope_that_was_opened_for_it_is_one_entry_as_ever(stored: Consultation) -> None:
    get(client_of(member(*RECEPTION)), stored)
    assert [event for event, _ in events(stored)][2:] == ["consultation.opened"]


def test_whole_boxes_are_said_to_be_held_back_and_not_to_be_unanswered(stored: Consultation) -> None:
    Consultation.objects.update(screened_with="rules of old")
    page = get(client_of(member(*RECEPTION)), stored)
    assert raw(page) == []
    assert main(page).count("要確認 確かめ終わるまで、すべてを伏せています。") == 2
    assert "困りごと（その他の内容） 未回答" not in main(page)
    assert main(get(client_of(member(*RECEPTION)), stored, "sheet/")).count("すべてを伏せています") == 2


def test_who_may_decide_is_offered_to_and_who_may_not_is_told_who_does(
    stored: Consultation, officer: User
) -> None:
    page = main(get(client_of(officer), stored))
    assert SHOW in page
    assert "確かめるのは、個人情報管理者です。" not in page
    for rights in (RECEPTION, VIEWER, ("view_consultation", "review_texts")):
        page = main(get(client_of(member(*rights)), stored))
        assert SHOW not in page
        assert "確かめるのは、個人情報管理者です。" in page


@pytest.mark.parametrize("given", [{"security": CLEAN}, {"security": CLEAN, "company_name": ""}])
def test_in_other_records_a_passage_may_be_masked_where_there_is_any_text(
    officer: User, given: dict[str, str]
) -> None:
    page = main(get(client_of(officer), consultation(**given)))
    assert MASK in page
    assert "要確認" not in page
    assert MASK not in main(get(client_of(member(*RECEPTION)), consultation(**given)))
    assert MASK not in main(get(client_of(officer), consultation(security="")))
