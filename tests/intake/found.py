"""Free texts in which the screen finds something, every person in them invented; and reading the page about them."""

import re
from itertools import pairwise
from typing import Any

from django.test import Client

from tests.intake.client import Answer, hidden, post, text
from tests.intake.forms_data import ONLY_EMAIL

CASE = "営業部の佐藤花子さんがうつ病で休職中です。\n復職は来月の予定です。"
PAIN = "山田太郎さん（社員番号 A-10234）の面談が進みません。"
SECURITY = "担当は鈴木一郎です。"
CLEAN = "拠点ごとに様式が違い、記録がそろいません。"
FOUND = {"caseTypesOther": CASE, "painPointsOther": PAIN, "security": SECURITY}
PASSAGES = ("佐藤花子", "うつ病", "山田太郎", "A-10234", "鈴木一郎")  # what is found in FOUND, in order

WARNING = "個人が分かる内容のように見える箇所があります"
LEFT, AGREE = "見える箇所が残っています", "同意いただける場合は"  # what is said where a tick is missing
_MARKED = re.compile(
    r'<mark class="mark"><span class="visually-hidden">（(.*?)）</span>(.*?)<span', re.DOTALL
)


def in_order(page: str, *pieces: str) -> bool:
    """Whether the pieces stand in the page, one after the other."""
    places = [page.find(piece) for piece in pieces]
    return -1 not in places and all(earlier < later for earlier, later in pairwise(places))


def check(client: Client, **answers: Any) -> Answer:
    return post(client, "confirm", **(ONLY_EMAIL | FOUND | answers))


def sent(page: Answer, **more: Any) -> dict[str, Any]:
    """What the check page's last form sends, with what a person adds."""
    return {**hidden(page), **more}


def marked(page: Answer) -> list[tuple[str, ...]]:
    """What is said of each mark, and the passage in it."""
    return _MARKED.findall(text(page))


def ticked(page: Answer) -> bool:
    return 'name="not_personal" value="on" checked' in text(page)


def masks(page: Answer) -> list[str]:
    """What the buttons 「伏せ字にする」 ask for, one for each finding."""
    return re.findall(r'value="(mask \w+ \d+ \d+)"', text(page))
