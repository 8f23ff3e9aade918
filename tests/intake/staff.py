"""Staff for the tests of the admin: accounts with exactly these rights, and consultations for them to work on."""

from datetime import UTC, datetime
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import submission
from intake.services.technical import Technical
from policy import services as policy

RECEPTION = ("view_consultation", "open_envelope", "triage")
PRIVACY_OFFICER = (*RECEPTION, "export_personal", "open_technical")
VIEWER = ("view_consultation",)

RECEIVED = datetime(2026, 11, 2, 3, 4, tzinfo=UTC)
ANSWERS = Answers(
    employee_count="300_999",
    company_name="試験商事",
    contact_name="試験 太郎",
    email="taro@example.jp",
    security="二段階認証が条件",
)


def member(*codenames: str, username: str = "") -> User:
    """An account of staff with these rights of `intake` and no others."""
    user = User.objects.create_user(username or uuid4().hex, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def client_of(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


def consultation(
    answers: Answers = ANSWERS, *, at: datetime = RECEIVED, origin: Technical | None = None
) -> Consultation:
    """One that was sent at this moment."""
    edition = policy.in_force(timezone.localdate(at))
    receipt = submission.submit(answers, token=uuid4(), edition=edition, at=at, origin=origin)
    return Consultation.objects.get(reference=receipt.reference)
