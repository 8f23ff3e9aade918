"""Invented staff for tests: signed in with the second factor, or enrolled with an app that the test plays."""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from safeguards.models import Factor
from safeguards.rules import totp
from safeguards.services import factors, recovery_codes, sealed_factors, sessions

PASSWORD = "a long enough invention"


def sign_in(client: Client, account: User) -> Client:
    """The client, its session as it is after password and second factor. (The factor itself opens nothing.)"""
    at = timezone.now()
    factor = Factor.objects.filter(account=account, confirmed_at__isnull=False).first()
    if factor is None:
        marks = {"created_at": at, "confirmed_at": at, "codes_noted_at": at}
        factor = Factor.objects.create(id=uuid4(), account=account, sealed=b"nothing", **marks)
    client.force_login(account)
    session = client.session
    sessions.start(session, factor=factor.id, at=at)
    session.save()
    return client


def enrol(account: User) -> str:
    """Set the account's second factor up for real, its codes noted down; the app's secret."""
    at = timezone.now() - timedelta(days=1)
    factor_id = factors.begin(account, at=at)
    secret = sealed_factors.read(Factor.objects.get(id=factor_id)).secret
    assert factors.confirm(account, factor_id, totp.code(secret, step=totp.step(at)), at=at)
    recovery_codes.note_down(account, at=at)
    return secret


def code(secret: str, *, ahead: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return totp.code(secret, step=totp.step(timezone.now()) + ahead)


def shown_secret(page: str) -> str:
    """The secret that the set-up page shows for typing."""
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert found, "no secret in the page"
    return found[1].replace(" ", "")


def codes_of(account: User) -> Sequence[str]:
    """The account's recovery codes."""
    return sealed_factors.read(Factor.objects.get(account=account)).codes
