"""2-1: the check digits of 個人番号 and of driving licences."""

_MY_NUMBER = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LICENCE = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def is_my_number(digits: str) -> bool:
    """Whether twelve digits pass 総務省令85号5条; one random number in ten does."""
    rest = _weighted(digits, _MY_NUMBER) % 11
    return len(digits) == 12 and int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def is_licence(digits: str) -> bool:
    """Whether twelve digits pass the check of a driving licence: the last digit of 11 − rest."""
    return len(digits) == 12 and int(digits[10]) == (11 - _weighted(digits, _LICENCE) % 11) % 10


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
