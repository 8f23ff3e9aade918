"""Members of staff with the rights that a test gives them."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.test import Client

from casetra.roles import ROLES
from safeguards.choices import Role
from tests.staff import sign_in

VIEWER, RECEPTION, PRIVACY_OFFICER = (
    tuple(right.partition(".")[2] for right in ROLES[role])
    for role in (Role.VIEWER, Role.RECEPTION, Role.PRIVACY_OFFICER)
)


def member(*codenames: str, **fields: Any) -> User:
    """An account of staff with these permissions and no others."""
    user = User.objects.create_user(uuid4().hex, is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def client_of(user: User) -> Client:
    """A browser in which this account is signed in."""
    return sign_in(Client(), user)
