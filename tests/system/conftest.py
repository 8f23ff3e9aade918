"""What the system tests share: a scratch database, made anew for every module."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.system.server import Database, scratch_database


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """A migrated database of its own on the embedded server."""
    if settings.EMBEDDED_POSTGRES is None:
        pytest.skip("needs the embedded PostgreSQL (its programs and its log); DATABASE_URL names another")
    with scratch_database() as made:
        yield made
