"""2-1: invented prospects and the hearing forms they send. The same seed and number give the same form."""

from random import Random
from uuid import UUID

from casetra.demo import words
from intake.services.submission import QUESTIONS, RANGE, Answers, Kind
from intake.services.technical import Technical

_EVERY = 25  # of so many, one writes again and one is a colleague of somebody before
_STEP = 271_828_183  # shares no factor with RANGE: no two numbers of one run are alike


def chance(seed: int, purpose: str, number: int) -> Random:
    """Dice of its own for every number and purpose: what is drawn for one moves nothing for another."""
    return Random(f"{seed} {purpose} {number}")  # noqa: S311 - invented data, and repeatable on purpose


def identifier(seed: int, purpose: str, number: int) -> UUID:
    """The id of the numbered thing."""
    return UUID(int=chance(seed, purpose, number).getrandbits(128), version=4)


def reference_number(seed: int, number: int) -> int:
    """What the reference is made of; different for every number below RANGE."""
    return (chance(seed, "references", 0).randrange(RANGE) + number * _STEP) % RANGE


def answers(seed: int, number: int) -> Answers:
    """The numbered hearing form, one that the form would take."""
    dice = chance(seed, "answers", number)
    # Any of them could be left out; most people answer nearly all.
    chosen = {
        question.field: _choose(dice, question.kind, question.options.values)
        for question in QUESTIONS
        if question.options
    }
    person = number - (_EVERY - 1) if number % _EVERY == _EVERY - 1 else number
    name, position, email = _person(seed, person)
    return Answers(
        **chosen,  # type: ignore[arg-type] # which value is which question's only `_choose` knows
        case_types_other=_text(dice, words.CASES) if "other" in chosen["case_types"] else "",
        pain_points_other=_pain(dice) if "other" in chosen["pain_points"] else "",
        security=_text(dice, words.SECURITIES) if dice.random() < 0.4 else "",
        company_name=_company(seed, person),
        contact_name=name,
        position=position,
        email=email,
    )


def origin(seed: int, number: int) -> Technical:
    """Where the numbered form was sent from: addresses that are kept for documents (RFC 5737, RFC 3849)."""
    dice = chance(seed, "origins", number)
    host = dice.randrange(1, 255)
    address = f"192.0.2.{host}" if dice.random() < 0.7 else f"2001:db8:{host:x}::{dice.randrange(1, 65536):x}"
    return Technical(address, dice.choice(words.AGENTS))


def _choose(dice: Random, kind: Kind, values: list[str]) -> str | tuple[str, ...]:
    if kind is Kind.MANY:
        some = dice.sample(values, k=dice.randint(1, 4))
        return tuple(value for value in values if value in some)
    middle = [1 + min(place, len(values) - 1 - place) for place in range(len(values))]
    return "" if dice.random() < 0.08 else dice.choices(values, middle)[0]


def _pain(dice: Random) -> str:
    return _text(dice, words.CARELESS if dice.random() < 0.12 else words.PAINS)


def _text(dice: Random, texts: tuple[str, ...]) -> str:
    return "".join(dice.sample(texts, k=dice.choice((1, 1, 2)))).replace("{}", str(dice.randrange(20, 60)))


def _company(seed: int, number: int) -> str:
    colleague = number - _EVERY // 2 if number % _EVERY == _EVERY - 2 and number > _EVERY else number
    dice = chance(seed, "companies", colleague)
    if dice.random() < 0.06:
        return ""
    stem = dice.choice(words.REGIONS) + dice.choice(words.STEMS)
    if dice.random() < 0.08:
        return dice.choice(words.INSTITUTIONS).format(stem)
    return dice.choice(words.LEGAL_FORMS).format(stem + dice.choice(words.TRADES))


def _person(seed: int, number: int) -> tuple[str, str, str]:
    """Name, position and address."""
    dice = chance(seed, "people", number)
    (surname, sur), (given, name) = dice.choice(words.SURNAMES), dice.choice(words.GIVEN_NAMES)
    full_name = "" if dice.random() < 0.1 else f"{surname} {given}"
    return full_name, dice.choice(words.POSITIONS), f"{name}.{sur}.{number}@example.jp"
