"""Tables of staff's pages at 320 px: every cell can be read without pushing anything from side to side."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.admin_pages import AUDIT, LIST, records
from tests.browser.conftest import NARROW, NewPage
from tests.browser.signing import sign_in
from tests.staff import PASSWORD

STAFF = "/admin/safeguards/staff/"
_CUT = """cells => cells.filter(cell => {
    const { left, right } = cell.getBoundingClientRect();
    return left < 0 || right > innerWidth || cell.scrollWidth > cell.clientWidth;
}).map(cell => cell.innerText)"""


@pytest.mark.parametrize(
    ("address", "heads"),
    [
        (AUDIT, ["対象", "操作した人", "補足"]),
        (STAFF, ["お名前", "最後のサインイン", "作成日"]),
        (f"{LIST}{{}}/sheet/", ["従業員規模"]),
        (LIST, ["最終接触", "担当"]),
    ],
    ids=["audit", "access review", "sheet", "list"],
)
def test_no_cell_of_a_table_is_cut_off_and_each_says_what_it_is(
    new_page: NewPage, transactional_db: None, address: str, heads: list[str]
) -> None:
    user = User.objects.create_superuser("staff", password=PASSWORD)
    one = records(user, number=12)
    page = new_page(viewport=NARROW)
    sign_in(page, user)
    page.goto(address.format(one.pk))
    cells = page.locator("#content :is(tbody td, tbody th):visible")
    assert cells.count() > 5
    assert cells.evaluate_all(_CUT) == []
    told = page.locator("#content tbody").first.aria_snapshot()
    assert [head for head in heads if head not in told] == []


def test_on_paper_the_sheet_has_its_column_to_write_in(new_page: NewPage, transactional_db: None) -> None:
    user = User.objects.create_superuser("staff", password=PASSWORD)
    one = records(user, number=12)
    page = new_page(viewport=NARROW)
    sign_in(page, user)
    page.goto(f"{LIST}{one.pk}/sheet/")
    memo = page.locator("th", has_text="面談でのメモ").first
    expect(memo).to_be_hidden()
    page.emulate_media(media="print")
    expect(memo).to_be_visible()
