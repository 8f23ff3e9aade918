"""What the guide's pictures show: invented consultations, and staff who are signed in."""

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from casetra.demo import staff, stage
from tests.guide.shots import CONSULTATIONS, SEED
from tests.staff import sign_in


def build() -> None:
    """Fill the database."""
    now = timezone.localtime(timezone.now())
    stage.play(seed=SEED, count=CONSULTATIONS, staff=staff.members(), now=now, progress=lambda made: None)


def session(username: str) -> str:
    """The session cookie of a member of staff who has signed in."""
    user = User.objects.get(username=username)
    user.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    return sign_in(Client(), user).cookies["sessionid"].value
