"""2-1: what the hearing form takes, what it refuses, and that it changes nothing else."""

from typing import Any

import pytest
from django.http import QueryDict

from intake.choices import QUESTIONS, STEPS, Question
from intake.forms import HearingForm
from intake.rules.answers import Answers
from policy import services as policy
from tests.intake.forms_data import LETTERS, ONLY_EMAIL, everything, longest


def form(**answers: Any) -> HearingForm:
    data = QueryDict(mutable=True)
    for key, value in (ONLY_EMAIL | answers).items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return HearingForm(data)


def message(key: str, **answers: object) -> str:
    filled = form(**answers)
    assert not filled.is_valid()
    return str(filled.errors[key][0])


def test_the_input_names_are_the_policys_keys_in_the_policys_order() -> None:
    edition = policy.editions()[-1]
    assert tuple(HearingForm().fields) == edition.facts.form_keys
    assert [q.key for step in STEPS for q in step.questions] == list(edition.facts.form_keys)


def test_the_email_address_alone_is_enough() -> None:
    filled = form()
    assert filled.is_valid()
    assert filled.answers() == Answers(email="taro@example.jp")
    assert [q.key for q in QUESTIONS if q.required] == ["email"]


def test_without_an_email_address_the_form_says_so() -> None:
    assert message("email", email="　") == "メールアドレスを入力してください。"


def test_every_answer_with_the_longest_text_is_taken_exactly_as_typed() -> None:
    typed = everything()
    filled = form(**typed)
    assert filled.is_valid(), filled.errors
    answers = filled.answers()
    for question in QUESTIONS:
        value = getattr(answers, question.field)
        assert (list(value) if isinstance(value, tuple) else value) == typed[question.key], question.key


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.limit and q.key != "email"], ids=lambda q: q.key
)
def test_one_character_too_many_is_refused_with_the_limit(question: Question) -> None:
    assert question.limit is not None
    said = message(question.key, **{question.key: longest(question.limit) + "あ"})
    assert f"{question.limit:,}文字以内" in said
    assert f"{question.limit + 1:,}文字" in said


def test_the_length_is_counted_after_crlf_became_lf() -> None:
    filled = form(security="あ\r\n" * 1000)
    assert filled.is_valid(), filled.errors
    assert filled.answers().security == "あ\n" * 1000


def test_names_are_never_normalised_and_texts_keep_their_indents() -> None:
    filled = form(companyName=f"　{LETTERS} ", contactName="髙﨑 ㈱", painPointsOther="　字下げ\n　次の行\n")
    assert filled.is_valid()
    answers = filled.answers()
    assert (answers.company_name, answers.contact_name) == (LETTERS, "髙﨑 ㈱")
    assert answers.pain_points_other == "　字下げ\n　次の行\n"


def test_a_text_of_white_space_is_no_answer() -> None:
    filled = form(security=" \r\n　\t")
    assert filled.is_valid()
    assert filled.answers().security == ""


@pytest.mark.parametrize(
    "typed",
    [
        "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        " taro @ example.jp　",
        "taro＠example.jp",
        "\ufefftaro@exam\u200bple\u00ad.jp\u200b",
    ],
)
def test_an_address_in_full_width_or_with_spaces_is_understood(typed: str) -> None:
    filled = form(email=typed)
    assert filled.is_valid()
    assert filled.answers().email == "taro@example.jp"


@pytest.mark.parametrize(
    "typed",
    [
        "taro",
        "taro@",
        "@example.jp",
        "taro@example",
        "taro@localhost",
        "taro@[127.0.0.1]",
        "a@b@example.jp",
        "taro@exa_mple.jp",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    assert "name@example.jp" in message("email", email=typed)


def test_an_address_has_at_most_254_characters() -> None:
    fits = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.jp"
    assert len(fits) == 254
    assert form(email=fits).is_valid()
    assert "254文字以内" in message("email", email="a" + fits)


@pytest.mark.parametrize("key", ["companyName", "contactName", "security", "email"])
def test_control_characters_are_refused_with_the_questions_name(key: str) -> None:
    label = next(q.label for q in QUESTIONS if q.key == key)
    typed = "taro\0@example.jp" if key == "email" else "a\0b"
    assert message(key, **{key: typed}).startswith(label)


def test_a_line_end_in_a_single_line_is_refused() -> None:
    assert "使えない文字" in message("companyName", companyName="試験\r\nBcc: x@example.jp")


@pytest.mark.parametrize(("key", "value"), [("employeeCount", "lots"), ("caseTypes", ["other", "invented"])])
def test_an_answer_that_is_not_offered_is_refused(key: str, value: object) -> None:
    label = next(q.label for q in QUESTIONS if q.key == key)
    assert message(key, **{key: value}) == f"{label}は、選択肢の中から選んでください。"


def test_other_without_a_text_and_a_text_without_other_are_both_understood() -> None:
    ticked = form(caseTypes=["other"])
    assert ticked.is_valid()
    assert ticked.answers().case_types == ("other",)
    written = form(caseTypes=["harassment"], caseTypesOther="その他のこと", painPointsOther="困りごと")
    assert written.is_valid()
    assert written.answers().case_types == ("harassment", "other")
    assert written.answers().pain_points == ("other",)


def test_a_choice_sent_twice_counts_once_in_the_lists_order() -> None:
    filled = form(caseTypes=["other", "harassment", "other"])
    assert filled.is_valid()
    assert filled.answers().case_types == ("harassment", "other")
