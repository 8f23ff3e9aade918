"""What strikes whom when: drawn from one random.Random before anything begins, so that a seed tells it all again."""

from dataclasses import dataclass
from enum import Enum, auto
from random import Random


class Kind(Enum):
    """How a run of the purge is ended."""

    KILL = auto()  # the command's process, at once
    KILL_AT_DRAIN = (
        auto()
    )  # the same between a batch's commit and the end of its keys; with a vault apart alone
    STOP = auto()  # every process of the database


@dataclass(frozen=True)
class Strike:
    """One blow: when `share` of what is due is erased, and some seconds later."""

    kind: Kind
    share: float
    pause: float
    keys_stay: bool  # at the drain: whether the vault is still to destroy the keys, or has heard of it
    falls: str | None  # who is killed together with the purge


def drawn(rng: Random, *, kills: int, stops: int, vault: bool, people: list[str]) -> list[Strike]:
    """So many strikes in some order. Everywhere in a run: before its first batch, and after its last one, too."""
    kinds = [Kind.STOP] * stops
    kinds += [Kind.KILL_AT_DRAIN if vault and number % 2 else Kind.KILL for number in range(kills)]
    rng.shuffle(kinds)
    return [_strike(rng, kind, people) for kind in kinds]


def _strike(rng: Random, kind: Kind, people: list[str]) -> Strike:
    last = 1 if kind is Kind.KILL else 0.7  # the others need a batch that is still to come
    share = min(rng.uniform(-0.1, last + 0.1), last)
    return Strike(
        kind=kind,
        share=max(share, 0),
        pause=rng.uniform(0, 0.03),
        keys_stay=rng.random() < 0.5,
        falls=rng.choice(people) if kind is not Kind.STOP and rng.random() < 0.4 else None,
    )
