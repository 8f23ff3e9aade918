"""Invented answers in every kind of writing that people really use."""

from intake.choices import QUESTIONS, Kind

# The longest allowed text of each kind: emoji with joiners, rare kanji outside the basic plane, 異体字 with a
# variation selector, full-width and half-width forms, a ligature that NFKC would take apart.
LETTERS = "𠮷髙﨑㈱葛󠄀👩‍💻ｶﾞＡ１é<&\"'"


def longest(limit: int) -> str:
    return (LETTERS * (limit // len(LETTERS) + 1))[:limit]


ONLY_EMAIL = {"email": "taro@example.jp"}


def everything() -> dict[str, object]:
    """Every question answered, texts as long as they may be."""
    answers: dict[str, object] = {}
    for question in QUESTIONS:
        match question.kind:
            case Kind.ONE:
                answers[question.key] = question.options.values[-1] if question.options else ""
            case Kind.MANY:
                answers[question.key] = question.options.values if question.options else []
            case Kind.EMAIL:
                answers[question.key] = "hanako.shiken@example.jp"
            case _:
                answers[question.key] = longest(question.limit or 0)
    return answers
