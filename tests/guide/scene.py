"""What the guide's pictures show: invented consultations, and staff who are signed in or about to be."""

from io import StringIO

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casetra.demo import staff, stage
from safeguards.services import passwords
from safeguards.services.staff import Role, create
from tests.guide.shots import CONSULTATIONS, NEWCOMER, SEED
from tests.staff import PASSWORD, sign_in


def build() -> None:
    """Fill the database."""
    now = timezone.localtime(timezone.now())
    members = staff.members()
    stage.play(seed=SEED, count=CONSULTATIONS, staff=members, now=now, progress=lambda made: None)
    call_command(
        "purge_expired", stdout=StringIO()
    )  # as every night: the home of a site that is looked after
    for member in members:
        sign_in(Client(), member)
    create(username=NEWCOMER, role=Role.VIEWER, name="仮名 一郎", email="", at=now)


def session(username: str) -> str:
    """The session cookie of a member of staff who has signed in; the newcomer only has come as far as the app."""
    account = User.objects.get(username=username)
    client = _at_the_app(account) if username == NEWCOMER else sign_in(Client(), account)
    return client.cookies["sessionid"].value


def _at_the_app(account: User) -> Client:
    client, token = Client(SERVER_NAME="127.0.0.1"), passwords.link_token(account)
    link = reverse("staff:welcome", kwargs={"account_id": account.pk, "token": token})
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302, f"the link was answered with {answer.status_code}"
    return client
