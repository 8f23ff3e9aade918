"""The tests' settings with the data keys in a database of their own, as VAULT_DATABASE_URL gives it."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES = {
    # Other names: the run that starts this one has its own test database open.
    "default": {**DATABASES["default"], "TEST": {"NAME": "test_casetra_records"}},
    "vault": {**DATABASES["default"], "NAME": "casetra_vault", "TEST": {"NAME": "test_casetra_vault"}},
}
