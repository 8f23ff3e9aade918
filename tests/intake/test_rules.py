"""2-1: the pure rules, without Django's database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.choices import QUESTIONS
from intake.rules import reference, schema, text
from intake.rules.address import KNOWN_DOMAINS, likely_meant
from intake.rules.answers import Answers, PersonalPart

# Domains that exist, some one character away from a widely used one.
HONEST_NEIGHBOURS = (
    *("odn.ne.jp", "y-mobile.ne.jp", "emobile.ne.jp", "aon.com", "msd.com", "line.com", "five.jp"),
    *("example.jp", "a.jp"),
)


@given(st.integers(0, reference.RANGE - 1))
def test_a_reference_is_understood_however_it_is_written(number: int) -> None:
    made = reference.from_number(number)
    plain = made.replace("-", "")
    for written in (
        made,
        plain,
        plain[1:],
        f" c {plain[1:6]} {plain[6:]} ",
        made.replace("-", "ー"),
        f"Ｃ－{plain[1:]}",
    ):
        assert reference.parse(written) == made


@given(st.integers(0, reference.RANGE - 1), st.integers(2, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, shift: int) -> None:
    made = reference.from_number(number)
    if made[place] != "-":
        wrong = made[:place] + str((int(made[place]) + shift) % 10) + made[place + 1 :]
        assert reference.parse(wrong) is None


@given(st.integers(0, reference.RANGE - 1), st.integers(0, 8))
def test_two_swapped_neighbours_are_noticed(number: int, place: int) -> None:
    digits = reference.from_number(number).replace("-", "")[1:]
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert (reference.parse(swapped) is None) == (swapped != digits)


@pytest.mark.parametrize("written", ["", "C-", "12345", "C-12345-678901", "D-12345-67894", "試験"])
def test_what_is_no_reference_is_none(written: str) -> None:
    assert reference.parse(written) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("taro@gmial.com", "taro@gmail.com"),
        ("taro@gmai.com", "taro@gmail.com"),
        ("taro@gmaill.com", "taro@gmail.com"),
        ("taro@gnail.com", "taro@gmail.com"),
        ("taro@yahoo.co.jpp", "taro@yahoo.co.jp"),
        ("taro@YAHOOO.co.jp", "taro@yahoo.co.jp"),
        ("taro@docomo.ne.jo", "taro@docomo.ne.jp"),
        ("taro@example.co.jo", "taro@example.co.jp"),
        ("taro@example.con", "taro@example.com"),
    ],
)
def test_a_likely_slip_in_the_domain_is_pointed_out(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [f"taro@{domain}" for domain in KNOWN_DOMAINS]
    + [f"taro@{domain}" for domain in HONEST_NEIGHBOURS]
    + ["x"],
)
def test_an_address_that_looks_right_is_left_alone(typed: str) -> None:
    assert likely_meant(typed) is None


@given(st.text())
def test_line_ends_become_lf_and_nothing_else_changes(typed: str) -> None:
    changed = text.unix_lines(typed)
    assert "\r" not in changed
    assert changed.replace("\n", "") == typed.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize(
    "bad", ["\ud800", "\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\uffff"]
)
def test_controls_are_refused_in_lines_and_in_texts(bad: str) -> None:
    assert text.has_forbidden_characters(f"a{bad}b", lines=False)
    assert text.has_forbidden_characters(f"a{bad}b", lines=True)


def test_line_ends_and_tabs_are_fine_in_a_text_only_and_emoji_and_variants_everywhere() -> None:
    assert text.has_forbidden_characters("a\nb", lines=False)
    assert not text.has_forbidden_characters("a\n\tb", lines=True)
    assert not text.has_forbidden_characters("葛󠄀👩‍💻㈱𠮷", lines=False)


def test_the_schema_digest_changes_with_what_is_asked() -> None:
    digest = schema.digest(QUESTIONS)
    assert digest == schema.digest(list(QUESTIONS))
    assert len(digest) == 64
    changed = [
        QUESTIONS[1:],
        QUESTIONS[::-1],
        (replace(QUESTIONS[0], label="規模"), *QUESTIONS[1:]),
        (replace(QUESTIONS[0], ask="規模は"), *QUESTIONS[1:]),
        (replace(QUESTIONS[0], options=QUESTIONS[1].options), *QUESTIONS[1:]),
        (*QUESTIONS[:-2], replace(QUESTIONS[-2], limit=10), QUESTIONS[-1]),
        (replace(QUESTIONS[0], required=True), *QUESTIONS[1:]),
    ]
    assert len({digest, *(schema.digest(questions) for questions in changed)}) == len(changed) + 1


def test_the_personal_part_is_who_the_person_is_and_every_free_text() -> None:
    answers = Answers(
        email="taro@example.jp", company_name="試験商事", security="要件", case_types=("other",)
    )
    assert answers.personal == PersonalPart(email="taro@example.jp", security="要件")
    assert answers.plain["company_name"] == "試験商事"
    assert answers.plain["case_types"] == ["other"]
    assert not {"email", "security", "contact_name", "position"} & answers.plain.keys()
