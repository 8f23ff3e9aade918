"""第6条: the corpus is what it says: harmless by itself, and every text of it takes the way that it is for."""

from email.utils import getaddresses

import pytest
from django.core.mail import EmailMessage
from django.http import QueryDict

from intake.forms import HearingForm
from intake.rules import text
from tests import corpus

TYPED = (*corpus.SCRIPTS, *corpus.FORMULAS, *corpus.BIDI)


def form(**answers: str) -> HearingForm:
    """The form as it was posted with these answers."""
    data = QueryDict(mutable=True)
    data.update({"email": "taro@example.jp"} | answers)
    return HearingForm(data)


def errors(**answers: str) -> set[str]:
    """The keys that the form complains of."""
    return set(form(**answers).errors)


@pytest.mark.parametrize("payload", TYPED)
def test_every_text_fits_into_every_field(payload: str) -> None:
    assert 0 < len(payload) <= 100


@pytest.mark.parametrize("payload", corpus.SCRIPTS)
def test_a_script_is_taken_by_the_form_as_it_was_typed(payload: str) -> None:
    assert errors(companyName=payload, contactName=payload, security=payload) == set()


@pytest.mark.parametrize("payload", corpus.FORMULAS)
def test_a_formula_is_taken_in_a_text_of_several_lines_and_in_a_line_where_it_holds_no_control(
    payload: str,
) -> None:
    assert errors(security=payload) == set()
    controls = text.has_forbidden_characters(payload.strip(), lines=False)
    assert errors(companyName=payload) == ({"companyName"} if controls else set())


@pytest.mark.parametrize("payload", corpus.BIDI)
def test_what_turns_text_round_is_refused_wherever_it_is_typed(payload: str) -> None:
    keys = {"companyName", "contactName", "position", "caseTypesOther", "security"}
    assert errors(**dict.fromkeys(keys, payload)) == keys


@pytest.mark.parametrize("payload", corpus.FORMULA_ADDRESSES)
def test_an_address_may_begin_like_a_formula(payload: str) -> None:
    assert errors(email=payload) == set()


@pytest.mark.parametrize("payload", corpus.HEADERS)
def test_no_address_carries_a_header_a_second_recipient_or_a_body_through_the_form(payload: str) -> None:
    posted = form(email=payload)
    if (
        posted.is_valid()
    ):  # only the white space was taken out: what stays is one odd address, and nothing else
        address = posted.cleaned_data["email"]
        assert address == "taro@example.jp本文"
        message = EmailMessage(to=[address], body="試験").message()
        assert [key for key in message if key.lower() in {"bcc", "cc"}] == []
        assert len(getaddresses([str(message["To"])])) == 1
