"""/privacy/requests/: the procedure of 第8条, told from the facts of the edition in force."""

import pytest
from django.test import Client

from policy import services
from tests.policy.conftest import Clock, Editions

pytestmark = pytest.mark.usefixtures("clock")


def page(client: Client) -> str:
    response = client.get("/privacy/requests/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_kind_stands_with_what_it_is_for_and_its_article(client: Client, editions: Editions) -> None:
    html = page(client)
    for kind in services.editions()[0].facts.request_kinds:
        assert f"{kind.label}（{kind.article}）" in html
        assert kind.about in html


def test_it_is_free_while_the_facts_charge_nothing(client: Client) -> None:
    html = page(client)
    assert html.count("<td>無料</td>") == 9
    assert "どのご請求も無料です" in html


def test_it_shows_a_fee_when_the_facts_say_so(client: Client, editions: Editions) -> None:
    fee = 'article = "法33条1項"\nfee_yen = {}'
    editions.change("facts.toml", (fee.format(0), fee.format(1000)))
    html = page(client)
    assert "<td>1,000円</td>" in html
    assert html.count("<td>無料</td>") == 8
    assert "どのご請求も無料です" not in html


def test_contact_complaints_and_papers_come_from_the_facts(client: Client, editions: Editions) -> None:
    facts = services.editions()[0].facts
    html = page(client)
    assert f'href="mailto:{facts.controller.email}"' in html
    assert f'href="tel:{facts.controller.telephone.replace("-", "")}">{facts.controller.telephone}<' in html
    assert facts.controller.address in html
    assert facts.complaints.name in html
    assert facts.identity.handling in html
    for document in facts.identity.documents:
        assert document.name in html
        assert document.masking in html
    for agent in facts.identity.agents:
        assert agent.who in html


def test_the_back_of_a_my_number_card_is_never_asked_for(client: Client) -> None:
    row = page(client).partition("マイナンバーカード")[2].partition("</tr>")[0]
    assert "おもて面のみ" in row
    assert "臓器提供" in row


def test_no_paper_is_named_that_is_no_longer_accepted_or_says_too_much(client: Client) -> None:
    html = page(client)
    for name in ("健康保険証", "年金手帳", "障害者手帳", "通知カード"):
        assert name not in html


def test_people_whose_employer_is_the_customer_are_sent_there_first(client: Client) -> None:
    assert "まず、お勤め先などの窓口にお問い合わせください" in page(client)


def test_the_procedure_follows_the_edition_of_the_day(
    client: Client, editions: Editions, clock: Clock
) -> None:
    editions.add("2027-04-01", ("平日9:00", "平日10:00"), file="facts.toml")
    clock.set("2027-03-31 23:59:59")
    assert "平日9:00" in page(client)
    clock.set("2027-04-01 00:00:00")
    assert "平日9:00" not in page(client)


def test_a_draft_says_that_it_is_one(client: Client, editions: Editions) -> None:
    assert "draft-mark" in page(client)
    editions.confirm()
    assert "draft-mark" not in page(client)


def test_what_the_company_has_authority_over_is_said_in_the_words_of_the_law(client: Client) -> None:
    html = page(client)
    assert "当社が開示・訂正・消去などを行う権限を持つ情報（保有個人データ）" in html
    assert "確認できたご住所やメールアドレス" in html
