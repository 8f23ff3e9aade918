"""`make torture`: runs of the purge are killed and the database is stopped under them, while people go on.

It draws everything from one seed. What depends on the machine's speed differs a little from time to time all the same.
"""

import random
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

import django

from tests.torture.cluster import Cluster, cluster, point_at


def main() -> None:
    """Print what happened, and end with 1 and the seed where a promise was broken."""
    parser = ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--kills", type=int, default=30, help="SIGKILLs of purge_expired (default 30)")
    parser.add_argument("--stops", type=int, default=5, help="immediate stops of the database (default 5)")
    parser.add_argument("--vault", action="store_true", help="the keys in a database of their own")
    options = parser.parse_args()
    started = time.monotonic()
    where = "a database of their own" if options.vault else "the same database"
    # At once, whatever comes: it is what repeats it.
    sys.stdout.write(f"seed {options.seed}, keys in {where}\n")
    sys.stdout.flush()
    with cluster() as made:
        point_at(made, vault=options.vault)
        django.setup()
        said, failed = _torture(made, options)
    said.append(f"  {time.monotonic() - started:.0f} seconds")
    sys.stdout.write("\n".join([*said, *failed, "FAILED" if failed else "every promise kept", ""]))
    sys.exit(1 if failed else 0)


def _torture(made: Cluster, options: Namespace) -> tuple[list[str], list[str]]:
    """What happened, and which promises were broken."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from tests.torture import plan, verdict
    from tests.torture.crowd import PEOPLE, crowd
    from tests.torture.field import STAFF
    from tests.torture.report import table
    from tests.torture.rounds import NotStruck, Ordeal

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0)
    User.objects.create_user(STAFF)
    rng = random.Random(options.seed)  # noqa: S311 - repeatable, no secret
    strikes = plan.drawn(rng, kills=options.kills, stops=options.stops, vault=options.vault, people=PEOPLE)
    folder = Path(tempfile.mkdtemp(prefix="casetra-torture-log-"))
    with crowd(rng, folder) as people:
        ordeal = Ordeal(made, people, rng, folder, timezone.localdate())
        try:
            for strike in strikes:
                ordeal.suffer(strike)
            failed = people.leave()
            ordeal.finish()
        except NotStruck as error:
            return [], [str(error), f"see {folder}"]
    found = verdict.facts(people)
    failed += verdict.failures(ordeal, found)
    said = table(ordeal, found)
    if failed:
        return said, [*failed, f"see {folder}"]
    shutil.rmtree(folder)
    return said, []


if __name__ == "__main__":
    main()
