"""Accounts in the real roles, and a consultation that is full of marks wherever something personal may stand."""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.utils import timezone

from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services.technical import Technical
from safeguards.choices import Role
from tests.intake.desk import contact, stored
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
    return found
