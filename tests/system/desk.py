"""What staff do with marked consultations, by the services; `work` is called in a process of its own (see `day`)."""

import json
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.utils import timezone

from intake.choices import ContactKind, Status, VoidReason
from intake.models import Consultation
from intake.services import contacts, correction, reading, search, technical, triage
from tests.system.marks import KANJI, LATIN, full_width, traces

WORKED = 5  # consultations, the first by id
NOTE = f"{KANJI} {full_width(LATIN)} {LATIN}"
REFUSING = ("intake_contact", "intake_consultation", "safeguards_recordkey", "safeguards_auditentry")


def work(reader: str, viewer: str, password: str) -> None:
    """A day at the desk; prints as JSON how many marks were written and read back, and how many leaked."""
    at, by = timezone.now(), User.objects.get(username=reader)
    make_viewer(viewer, password)
    ids = list(Consultation.objects.order_by("id").values_list("id", flat=True)[:WORKED])
    done = [one_consultation(record_id, number, by=by, at=at) for number, record_id in enumerate(ids)]
    facts = {name: sum(each[name] for each in done) for name in done[0]}
    said = refusals(ids[0], by=by, at=at)
    json.dump(facts | {"refusals": len(said), "traces": len(traces("".join(said)))}, sys.stdout)


def make_viewer(name: str, password: str) -> None:
    """Somebody who may see the list and open nothing."""
    viewer = User.objects.create_user(name, password=password, is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_consultation"))


def new_address(number: int) -> str:
    """What the address is corrected to."""
    return f"new.{LATIN}.{number}@{LATIN}.example.jp"


def one_consultation(record_id: UUID, number: int, *, by: User, at: datetime) -> dict[str, int]:
    """Two calls with notes, one of them a mistake; a status; a bounce, the right address, and finding it."""
    made = [call(record_id, by=by, at=at) for _ in range(2)]
    contacts.void(made[0], reason=VoidReason.TWICE, seen=version(record_id), by=by, at=at)
    state = triage.State(Status.IN_PROGRESS, None, timezone.localdate(at))
    triage.set_state(record_id, state, seen=version(record_id), by=by, at=at)
    correction.mark_bounced(record_id, seen=version(record_id), by=by, at=at)
    correct(record_id, new_address(number), by=by, at=at)
    now = Consultation.objects.get(id=record_id)
    opened = reading.open_personal(now, by=by, at=at)
    origin = technical.open_for(now, by=by, at=at)
    typed = (new_address(number), full_width(new_address(number)))
    return {
        "notes": list(opened.notes.values()).count(NOTE),
        "corrected": int(opened.personal.email == new_address(number)),
        "connections": int(origin is not None and LATIN in origin.user_agent),
        "found": sum(len(search.by_email(address, by=by, at=at)) for address in typed),
        "alike": len(search.alike(now).same_company),
    }


def call(record_id: UUID, *, by: User, at: datetime) -> UUID:
    kind, on = ContactKind.TELEPHONE_IN, timezone.localdate(at)
    return contacts.record(record_id, kind=kind, on=on, note=NOTE, seen=version(record_id), by=by, at=at)


def correct(record_id: UUID, email: str, *, by: User, at: datetime) -> None:
    correction.correct_address(record_id, email=email, seen=version(record_id), by=by, at=at)


def version(record_id: UUID) -> int:
    return Consultation.objects.get(id=record_id).version


def refusals(record_id: UUID, *, by: User, at: datetime) -> list[str]:
    """What is said when the services refuse, and when the database refuses what they write."""
    said = [refusal(lambda: correct(record_id, new_address(0), by=by, at=at))]  # it is the address already
    for table in REFUSING:
        statement(f"ALTER TABLE {table} ADD CONSTRAINT planted CHECK (false) NOT VALID")
        said.append(refusal(lambda: correct(record_id, f"refused.{new_address(0)}", by=by, at=at)))
        if table != "safeguards_recordkey":  # a call needs no new key
            said.append(refusal(lambda: call(record_id, by=by, at=at)))
        statement(f"ALTER TABLE {table} DROP CONSTRAINT planted")
    return said


def refusal(verb: Callable[[], object]) -> str:
    """The whole traceback with everything that the exceptions say."""
    try:
        verb()
    except Exception as error:
        return "".join(traceback.format_exception(error))
    raise AssertionError("nothing was refused")


def statement(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
