"""2-1: what holds for every text."""

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from intake.screening import Kind, screen

CLEAN = [
    "面談の日取りが決まりにくい。",
    "うつ病がまた増えた。",
    "上越工場と佐渡営業所が対象です。",
    "ISO27001の更新審査は来月です。",
    "税理士さんに依頼中、",
    "",
]
PLANTED = [
    ("123456789018", "マイナンバー123456789018", Kind.MY_NUMBER),
    ("090-1234-5678", "連絡は090-1234-5678", Kind.PHONE),
    ("sato.k@example.jp", "宛先 sato.k@example.jp", Kind.EMAIL),
    ("J5521", "社員番号:J5521", Kind.EMPLOYEE_NUMBER),
    ("1979.8.23", "生年月日は1979.8.23", Kind.BIRTH_DATE),
    ("TK1234567", "旅券番号TK1234567", Kind.OTHER_ID),
    ("4417-205936", "基礎年金番号4417-205936", Kind.INSURANCE_NUMBER),
    ("東京都杉並区高円寺南7-21-3", "自宅は東京都杉並区高円寺南7-21-3", Kind.ADDRESS),
    ("梅本", "梅本さんの件", Kind.PERSON_NAME),
    ("てんかん", "Aさんはてんかんで休職中", Kind.DIAGNOSIS),
]
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# Text as people type it, and every other character that there is, lone surrogates too.
ANY = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=60)
PIECES = st.sampled_from(
    [
        *(
            "梅本",
            "さん",
            "うつ病",
            "Aさん",
            "課長",
            "の",
            "。",
            "が",
            "㈱",
            "①",
            "090",
            "-",
            "1234",
            "５６７８",
            "@",
            "a.",
        ),
        *("ﾀﾞ", "ｶ", "ﾞ", "\u3099", "\u0301", "\ufe0f", "\U000e0100", "\u200d", "👨", "🏽", "\ud83d", "\ude00"),
    ]
)
TYPED = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=300)
@given(ANY | TYPED)
@example("\ud800さん")
@example("梅本\U000e0100さん")
@example("梅\u200d本さん")
@example("梅梅\u200dうつ")
def test_every_finding_lies_in_the_text_and_cuts_nothing_that_shows_as_one(text: str) -> None:
    last = 0
    for finding in screen(text):
        assert last <= finding.start < finding.end <= len(text)
        last = finding.end
        for cut in (finding.start, finding.end):
            assert not _joined(text, cut), (text, cut)


def _joined(text: str, cut: int) -> bool:
    """Whether the characters on both sides of the cut show as one."""
    if not 0 < cut < len(text):
        return False
    before, after = text[cut - 1], text[cut]
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or after in "ﾞﾟ"
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
    )


@pytest.mark.parametrize(("passage", "planted", "kind"), PLANTED, ids=[kind for _, _, kind in PLANTED])
@given(before=st.sampled_from(CLEAN), after=st.sampled_from(CLEAN), wide=st.booleans())
def test_what_is_planted_is_found_wherever_it_stands(
    passage: str, planted: str, kind: Kind, before: str, after: str, wide: bool
) -> None:
    if wide:
        passage, planted = passage.translate(WIDE), planted.translate(WIDE)
    text = f"{before}{planted}。{after}"
    start = text.index(passage, len(before))
    assert (start, start + len(passage), kind) in [(each.start, each.end, each.kind) for each in screen(text)]


@given(before=st.sampled_from(CLEAN), after=st.sampled_from(CLEAN), wide=st.booleans())
def test_clean_sentences_stay_clean_side_by_side(before: str, after: str, wide: bool) -> None:
    text = before + after
    assume(text)
    assert screen(text.translate(WIDE) if wide else text) == []
