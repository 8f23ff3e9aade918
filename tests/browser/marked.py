"""Accounts in the real roles, and a consultation that is full of marks wherever something personal may stand."""

from datetime import date, timedelta

from django.contrib.auth.models import Group, User
from django.utils import timezone

from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services.technical import Technical
from retention.models import Place, PurgePlace
from retention.services import entrusted, places, purge
from safeguards.choices import Role
from tests.intake.desk import contact, stored
from tests.retention import contracts
from tests.retention.held import held
from tests.staff import PASSWORD
from tests.system.marks import KANJI, LATIN

ADDRESS = f"{LATIN}@example.jp"
CONNECTION = f"Connection/{LATIN}"
ANSWERS = {**dict.fromkeys(PERSONAL_FIELDS, KANJI), "email": ADDRESS}


def account(role: Role | None) -> User:
    """One of staff with this role and nothing else; None is an account to which nobody gave a role."""
    user = User.objects.create_user(role.name.lower() if role else "none", password=PASSWORD, is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    return user


def consultation() -> Consultation:
    """Three days old, every personal answer and the connection a mark; a colleague's note is one too.

    It is held, for a reason that is a mark."""
    now = timezone.now()
    found = stored(at=now - timedelta(days=3), origin=Technical("192.0.2.7", CONNECTION), **ANSWERS)
    colleague, _ = User.objects.get_or_create(username="colleague", is_staff=True)
    contact(found, by=colleague, note=KANJI, at=now)
    in_a_month = timezone.localdate(now) + timedelta(days=30)
    held(found.id, by=colleague, reason=KANJI, review_on=in_a_month, at=now)
    registers(by=colleague)
    certificate()
    return found


def certificate() -> None:
    """A run that found nothing to erase, and says all that a certificate can say."""
    (run,) = purge.purge(
        host=timezone.now(),
        as_of=date(2026, 1, 2),
        batch_size=1,
        max_share=100,
        stops=lambda: False,
        progress=lambda done, due: None,
    )
    run.residue = [
        {"table": "safeguards_auditentry", "column": "subject_id", "rows": 2, "id_only": True},
        {"table": "django_session", "column": "session_data", "rows": 1, "id_only": False},
    ]
    run.held, run.rows_gone_on, run.keys_gone_on = {"law": 1}, date(2026, 2, 7), date(2026, 1, 10)
    run.save()
    PurgePlace.objects.create(run=run, place=Place.objects.filter(in_use=True)[0], unticked=1)


def registers(*, by: User) -> None:
    """Two places outside, whatever a flush has left of those that were there, and customers' data."""
    at = timezone.now()
    PurgePlace.objects.all().delete()
    Place.objects.all().delete()
    places.add(places.Entry("メールボックス", "受信箱と送信済みから消してください。"), by=by, at=at)
    places.add(places.Entry("名刺", "細断してください。", in_use=False), by=by, at=at)
    today = timezone.localdate(at)
    for ended_on in (today - timedelta(days=100), today - timedelta(days=70), None):
        contracts.registered(by, ended_on=ended_on)
    settled = contracts.registered(
        by, ended_on=today - timedelta(days=100), customer="株式会社例示システムズ"
    )
    done = contracts.settled(on=today, backup_until=None)
    entrusted.settle(settled.id, done, seen=1, by=by, at=at)
