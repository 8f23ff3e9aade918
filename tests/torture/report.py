"""What a torture says of itself."""

from collections import Counter

from django.db.models import Sum

from retention.models import PurgeCount, PurgeRun
from tests.torture.plan import Kind
from tests.torture.rounds import Ordeal
from tests.torture.verdict import Facts


def table(ordeal: Ordeal, found: Facts) -> list[str]:
    """A line for everything that happened, with its number."""
    happened, told = ordeal.happened, ordeal.crowd.counted()
    erased = dict(PurgeCount.objects.values_list("what").annotate(n=Sum("number")))
    outcomes = Counter(PurgeRun.objects.values_list("outcome", flat=True))
    sown = ordeal.sown
    rows = [
        ("runs killed", happened[Kind.KILL.name] + happened[Kind.KILL_AT_DRAIN.name]),
        ("  of them between a batch's commit and its keys", happened["between commit and keys"]),
        ("immediate stops of the database", happened[Kind.STOP.name]),
        ("people killed", ordeal.crowd.killed),
        ("runs that ended before they were struck", happened["ended before"]),
        ("runs refused, since another held the lock", happened["another still held the lock"]),
        *((f"runs: {outcome}", number) for outcome, number in sorted(outcomes.items())),
        ("records that were due", len(sown.due)),
        ("records that were held from the start, or not over", len(sown.held) + len(sown.kept)),
        *((f"erased: {what}", number) for what, number in erased.items() if number),
        ("submissions acknowledged", told["acknowledged"]),
        ("contacts recorded that keep a record", told["contacted"]),
        ("contacts recorded that do not", told["noted"]),
        ("contacts refused: the record is gone", told["gone"]),
        ("contacts refused: the page is outdated", told["outdated"]),
        ("holds placed", told["held"]),
        ("holds refused: the record is gone", told["no such record"]),
        ("records left, all read", len(found.there)),
    ]
    width = max(len(name) for name, _ in rows)
    return [f"  {name:<{width}}  {number:>7,}" for name, number in rows]
