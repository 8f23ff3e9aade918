"""`make bench`: what envelope, audit and pages cost, next to plain Django, in one run."""

import os
import sys
from argparse import ArgumentParser

import django

# Whatever a caller's environment says: DEBUG keeps every query, and would be what is measured.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"


def main() -> None:
    """Measure in a scratch database that is dropped at the end, and print the table."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=120, help="alternating rounds (default 120)")
    parser.add_argument("--size", type=int, default=5, help="submissions in one round (default 5)")
    parser.add_argument("--records", type=int, default=1000, help="records in the admin list (default 1,000)")
    parser.add_argument(
        "--large",
        type=int,
        default=1_000_000,
        help="consultations against which 1,000 are held (default 1,000,000)",
    )
    parser.add_argument(
        "--purge", type=int, default=30_000, help="records erased, next to a plain DELETE (default 30,000)"
    )
    parser.add_argument(
        "--purge-many",
        type=int,
        default=100_000,
        help="records erased, whose memory is held against 10,000's, while others submit (default 100,000)",
    )
    parser.add_argument("--purge-rounds", type=int, default=3, help="purges at the former size (default 3)")
    parser.add_argument("--only-purge", action="store_true", help="leave everything else out")
    options = parser.parse_args()
    if min(number for number in vars(options).values() if number is not options.only_purge) < 1:
        parser.error("every number must be at least 1")

    django.setup()
    # These need the settings that were just read.
    from django.conf import settings
    from django.db import connection

    from casetra import embedded
    from tests.bench import fill, report, screening

    if settings.DEBUG:
        sys.exit("bench: DEBUG is on")
    if not options.only_purge:
        screening.write(sys.stdout)
    embedded.start()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill.companies()
        if not options.only_purge:
            report.write(sys.stdout, rounds=options.rounds, size=options.size, records=options.records)
            report.write_growth(sys.stdout, rounds=max(1, options.rounds // 3), large=options.large)
        sizes = {"records": options.purge, "many": options.purge_many}
        report.write_purge(sys.stdout, rounds=options.purge_rounds, **sizes)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main()
