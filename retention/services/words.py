"""2-1: staff's words in a register that is not sealed, in which nobody is to be named."""

from intake.services import free_texts

__all__ = ["personal"]


def personal(words: str, *, company: str = "") -> list[str]:
    """What the words seem to tell of a person (氏名, 電話番号, …), each kind once; `company` is no finding."""
    found = free_texts.find_in(words, company=company)
    return list(dict.fromkeys(str(each.kind.label) for each in found))
