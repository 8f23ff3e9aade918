"""2-1: check digits, with the examples that the law's formula was worked through for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.screening.check_digits import is_licence, is_my_number


@pytest.mark.parametrize("digits", ["123456789018", "621498320257", "100000000030", "100000000080"])
def test_an_individual_number_passes_with_its_check_digit(digits: str) -> None:
    assert is_my_number(digits)


@given(st.integers(0, 10**11 - 1))
def test_exactly_one_last_digit_makes_an_individual_number(number: int) -> None:
    assert sum(is_my_number(f"{number:011}{last}") for last in range(10)) == 1


@pytest.mark.parametrize("digits", ["309012345620", "302000000610", "302000000100"])
def test_a_licence_passes_with_its_check_digit(digits: str) -> None:
    assert is_licence(digits)
    assert not is_licence(digits[:10] + str((int(digits[10]) + 1) % 10) + digits[11])


@pytest.mark.parametrize("digits", ["", "1", "1234567890", "1234567890188"])
def test_no_other_length_passes(digits: str) -> None:
    assert not is_my_number(digits)
    assert not is_licence(digits)
