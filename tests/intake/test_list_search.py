"""2-1: the search box of the list — by reference or by a part of the company's name, and never by an address."""

import pytest
from django.test import Client
from django.utils.html import escape

from intake.models import Consultation
from intake.rules import reference
from intake.services import search
from tests.corpus import FORMULAS, SCRIPTS
from tests.intake import desk
from tests.intake.listing import URL, ids, said
from tests.intake.staff import client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return client_of(member("view_consultation"))


def of(company_name: str) -> Consultation:
    return desk.stored(company_name=company_name)


def found(client: Client, term: str) -> list[str]:
    answer = client.get(URL, {"q": term})
    assert answer.status_code == 200
    return [each.company_name for each in answer.context["cl"].result_list]


@pytest.mark.parametrize(
    "term", ["見本", "ミホン", "みほん", "ﾐﾎﾝ", "  見 本  ", "(株)見本", "㈱見本", "製", "製作所"]
)
def test_a_part_of_the_name_finds_the_company_however_it_is_written(client: Client, term: str) -> None:
    of("㈱見本みほん製作所")
    of("試験商事")
    assert found(client, term) == ["㈱見本みほん製作所"]


@pytest.mark.parametrize("term", ["製見", "作見所", "本製見本", "無い名前"])
def test_pieces_of_a_name_in_another_order_do_not_find_it(client: Client, term: str) -> None:
    of("見本製作所")
    of("製作見本所")
    assert found(client, "本製") == ["見本製作所"]
    assert found(client, term) == []


@pytest.mark.parametrize("term", ["%", "_", "%%", "100%", "a_b", "\\", "'", '"', "{", "}", ","])
def test_signs_that_mean_something_to_a_database_mean_themselves(client: Client, term: str) -> None:
    of(f"見本{term}商会")
    of("見本商会")
    of("見本1000axb商会")
    assert found(client, term) == [f"見本{term}商会"]


@pytest.mark.parametrize(
    "term", [*SCRIPTS, *(term for term in FORMULAS if "@" not in term and "＠" not in term)]
)
def test_whatever_is_typed_is_looked_for_and_shown_as_text(client: Client, term: str) -> None:
    of("見本商会")
    page = client.get(URL, {"q": term}).content.decode()
    assert f'value="{escape(term)}"' in page
    assert f"「{escape(term)}」に当てはまる相談はありません。" in page
    assert "<" not in term or term not in page


@pytest.mark.parametrize("term", ["", " ", "　", "\u200b"])
def test_nothing_typed_hides_nothing(client: Client, term: str) -> None:
    of("見本商会")
    assert len(found(client, term)) == 1


@pytest.mark.parametrize("term", ["見\x00本", "\x00"])
def test_a_nul_gives_a_message(client: Client, term: str) -> None:
    of("見本商会")
    assert client.get(URL, {"q": term}).status_code == 200
    assert said(client, "q=%00")


def test_a_very_long_term_is_refused_with_a_message(client: Client) -> None:
    of("見" * 200)
    assert len(found(client, "見" * 200)) == 1
    assert ids(client, "q=" + "見" * 201) == []
    assert said(client, "q=" + "﷽" * 300) == ["会社名は200文字までで探してください。"]


def test_a_reference_is_found_however_it_was_read_out(client: Client) -> None:
    consultation = of("見本商会")
    of("試験商事")
    digits = consultation.reference.replace("-", "")[1:]
    wide = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for typed in (consultation.reference, digits, f"{digits[:5]} {digits[5:]}", f"ｃー{wide}", f"c{digits}"):
        assert found(client, typed) == ["見本商会"]


def test_an_unknown_reference_finds_nothing_and_a_misheard_one_is_told(client: Client) -> None:
    of("見本商会")
    unknown = reference.from_number(123456789)
    assert found(client, unknown) == []
    assert said(client, f"q={unknown}") == []
    for misheard in (unknown[:-1] + str((int(unknown[-1]) + 1) % 10), unknown[:-1], unknown + "0"):
        assert found(client, misheard) == []
        assert "として正しくありません" in said(client, f"q={misheard}")[0]


def test_a_company_named_by_digits_is_found(client: Client) -> None:
    of("109商会")
    assert found(client, "109") == found(client, "１０９") == ["109商会"]


@pytest.mark.parametrize("term", ["taro@example.jp", "taro＠example.jp", "@", "﹫"])
def test_an_address_is_refused_with_the_way_to_search_for_it(client: Client, term: str) -> None:
    of("見本商会")
    assert found(client, term) == []
    (message,) = said(client, f"q={term}")
    assert '<a href="/admin/intake/consultation/by-email/">' in message
    assert term not in message


@pytest.mark.parametrize("common", [1, 2, 3])
def test_a_common_part_of_a_name_finds_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(search, "_COMMON", common)
    of("見本商会")
    of("見本製作所")
    of("商会見本会")  # all the pieces of 見本商会 but one
    assert sorted(found(client, "見本")) == ["商会見本会", "見本商会", "見本製作所"]
    assert found(client, "見本商会") == ["見本商会"]


@pytest.mark.parametrize(("common", "is_looked_up"), [(2, False), (3, True)])
def test_only_a_rare_part_of_a_name_is_looked_up_in_the_index(
    client: Client, monkeypatch: pytest.MonkeyPatch, common: int, is_looked_up: bool
) -> None:
    monkeypatch.setattr(search, "_COMMON", common)
    of("見本商会")
    of("見本製作所")
    found_by = search.by_company(Consultation.objects.all(), "見本")
    assert ("company_grams" in str(found_by.query.where)) is is_looked_up
