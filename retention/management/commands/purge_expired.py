"""第9条: erase what is kept no longer, and say so in a certificate."""

import json
import signal
import threading
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone

from retention.choices import Counted, Outcome
from retention.services import certificate, entrusted, heartbeat, holds, purge
from retention.services.certificate import Certificate
from retention.services.residue import Residue

FAILED, BUSY, TOO_MANY, REFUSED = 1, 75, 77, 78


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day like 2028-11-23") from None


def positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def percent(text: str) -> int:
    number = positive(text)
    if number > 100:
        raise ArgumentTypeError(f"{text!r} is more than 100 percent")
    return number


class Command(BaseCommand):
    help = (
        "Erase form records two years after the last contact (第9条 「最終接触から2年間」; the number is that of the "
        "edition in force), unless something holds them, and what else is over; leave a certificate. Run it daily. "
        "Exit codes: 0 done (or ended by SIGTERM after a whole batch), 1 failed, 75 another run holds the lock, "
        "77 stopped at the ceiling, 78 clock or configuration refused."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Without abbreviations: a mistyped flag must not start a run."""
        return super().create_parser(prog_name, subcommand, allow_abbrev=False, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", type=day, metavar="YYYY-MM-DD", help="the day (default: the database's today)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="the same selection and table; nothing is written"
        )
        parser.add_argument(
            "--batch-size",
            type=positive,
            default=purge.BATCH_SIZE,
            metavar="N",
            help=f"records in one transaction (default {purge.BATCH_SIZE})",
        )
        parser.add_argument(
            "--max-share",
            type=percent,
            default=20,
            metavar="PERCENT",
            help="erase nothing where more of all records are due (default 20; up to 100 records always pass)",
        )
        parser.add_argument("--json", action="store_true", help="the certificate for machines")
        parser.add_argument(
            "--check",
            action="store_true",
            help="erase nothing; fail when the purge is silent or records are overdue",
        )

    # Any: parsed by the functions above
    def handle(self, *args: object, **options: Any) -> None:
        if options["check"] and (options["dry_run"] or options["as_of"]):
            raise CommandError("--check looks at today and writes nothing: without --dry-run and --as-of")
        host = timezone.now()
        try:
            if options["check"]:
                self._check(host, machine=options["json"])
            elif options["dry_run"]:
                plan = purge.preview(host=host, as_of=options["as_of"])
                self._tell(certificate.expected(plan), machine=options["json"])
                if plan.exceeds(options["max_share"]):
                    self.stderr.write(
                        f"more than {options['max_share']} % of all: a run would stop with {TOO_MANY}"
                    )
            else:
                self._purge(host, options)
        except purge.AlreadyRunning:
            raise CommandError("another run holds the lock", returncode=BUSY) from None
        except purge.ClockRefused as error:
            raise CommandError(str(error), returncode=REFUSED) from None
        except purge.ReplayNeeded as error:
            said = (
                f"ERASURE_LEDGER: {error}. Records that it names as erased go by replay_erasures first; where there "
                "is no ledger yet, export_erasures --to makes one"
            )
            raise CommandError(said, returncode=REFUSED) from None
        except purge.NotYet:
            said = "--as-of lies ahead of the database's today: that is for --dry-run only"
            raise CommandError(said, returncode=REFUSED) from None
        except (purge.NoEdition, purge.EditionsUnreadable) as error:
            raise CommandError(f"no edition says for how long: {error}", returncode=REFUSED) from None
        except Error as error:
            # Its class alone: a message may quote host, user or statement.
            said = f"the database failed ({type(error).__name__}); the next run goes on where this one ended"
            raise CommandError(said, returncode=FAILED) from None

    def _purge(self, host: datetime, options: dict[str, Any]) -> None:
        run, *earlier = purge.purge(
            host=host,
            as_of=options["as_of"],
            batch_size=options["batch_size"],
            max_share=options["max_share"],
            stops=_told_to_stop(),
            progress=self._progress,
        )
        self._end_of_progress()
        self._tell(certificate.of(run), machine=options["json"])
        for each in [run, *earlier]:
            if each.outcome == Outcome.LEFTOVER:
                raise CommandError(f"run {each.id}: ids of erased records are left; see its certificate")
        if run.outcome == Outcome.CEILING:
            said = (
                f"{run.due} records are due, more than {options['max_share']} % of all: nothing was erased. See "
                "whether clock, editions and --dry-run are right; then run again with a greater --max-share"
            )
            raise CommandError(said, returncode=TOO_MANY)

    def _progress(self, done: int, due: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {due:,} ", ending="")
            self.stderr.flush()

    def _end_of_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")

    def _tell(self, said: Certificate, *, machine: bool) -> None:
        """The certificate, and what somebody should look after: holds past their review, customers' data (第9条)."""
        past_review = holds.past_review(said.as_of).count()
        reminders = entrusted.reminders(said.as_of)
        if machine:
            due = [{"customer": customer, "due_by": due_by.isoformat()} for customer, due_by in reminders]
            found = {**certificate.as_json(said), "holds_past_review": past_review, "reminders": due}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        if past_review:
            self.stdout.write(f"holds past their review day: {past_review}")
        for customer, due_by in reminders:
            late = " (OVERDUE)" if due_by < said.as_of else ""
            self.stdout.write(f"to be returned or deleted by {due_by}{late}: data of {customer}")
        for line in lines(said):
            self.stdout.write(line)

    def _check(self, at: datetime, *, machine: bool) -> None:
        found = heartbeat.of(at=at)
        if machine:
            numbers = {"overdue_days": found.overdue_days, "last_run_hours": found.last_run_hours}
            self.stdout.write(json.dumps({**numbers, "well": found.is_well}))
        else:
            self.stdout.write(f"oldest overdue record, days: {_or_none(found.overdue_days)}")
            self.stdout.write(f"last completed run, hours ago: {_or_none(found.last_run_hours)}")
        if not found.is_well:
            for_long = f"for more than {settings.PURGE_ALERT_DAYS} days"
            faults = [
                (f"records are overdue {for_long}", found.is_overdue),
                (
                    f"no run has ended {for_long}" if found.last_run_at else "no run has ever ended",
                    found.is_silent,
                ),
                ("the last run found something left of erased records", found.has_leftover),
            ]
            raise CommandError("; ".join(said for said, so in faults if so))


def lines(said: Certificate) -> list[str]:
    """The table of a run, the number actually erased last."""
    rows: list[tuple[str, object]] = [("due", f"{said.due:,}")]
    rows += [(f"held: {basis}", f"{number:,}") for basis, number in sorted(said.held.items())]
    rows += [(f"erased: {what.value}", f"{number:,}") for what, number in said.erased.items()]
    rows += [("remaining, for the next run", f"{said.remaining:,}")]
    rows += [(_left(each), f"{each.rows:,}") for each in said.residue or []]
    rows += [(f"not ticked: {place}", f"{number:,}") for place, number in said.places]
    if said.rows_gone_on:
        rows += [
            ("in no backup from", said.rows_gone_on),
            ("unreadable in any backup from", said.keys_gone_on),
        ]
    width = max(len(name) for name, _ in rows)
    return [
        f"{said.as_of}: edition {said.edition}, {said.years} years, last contact up to {said.cutoff}",
        *(f"  {name:<{width}}  {number!s:>11}" for name, number in rows),
        "dry run: nothing is written" if said.outcome is None else f"outcome: {said.outcome.value}",
        f"{0 if said.outcome is None else said.erased[Counted.CONSULTATION]:,} erased",
    ]


def _left(found: Residue) -> str:
    return f"left ({'id only' if found.id_only else 'NOT ERASED'}): {found.table}.{found.column}"


def _or_none(number: int | None) -> str:
    return "none" if number is None else str(number)


def _told_to_stop() -> Callable[[], bool]:
    """SIGTERM lets the batch end that is under way; then the run reports how far it came."""
    told = threading.Event()
    if threading.current_thread() is threading.main_thread():  # elsewhere Python takes no signals
        signal.signal(signal.SIGTERM, lambda number, frame: told.set())
    return told.is_set
