"""Data keys live in `vault` exactly when VAULT_DATABASE_URL is set."""

import json

from tests.casetra import production

SHOW = """
import json, django
django.setup()
from django.db import router
from django.contrib.auth.models import User
from safeguards.models import AuditEntry, RecordKey
where = {m.__name__: [router.db_for_read(m), router.db_for_write(m)] for m in (RecordKey, AuditEntry, User)}
where["tables"] = {
    db: [m.__name__ for m in (RecordKey, AuditEntry, User) if router.allow_migrate_model(db, m)]
    for db in ("default", "vault")
}
where["sql"] = [db for db in ("default", "vault") if router.allow_migrate(db, "safeguards")]
print(json.dumps(where))
"""


def where(**changes: str) -> dict[str, object]:
    env = production.environment(DJANGO_SETTINGS_MODULE="casetra.settings", **changes)
    done = production.python("-c", SHOW, env=env)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_without_a_vault_everything_is_in_one_database() -> None:
    assert where() == {
        "RecordKey": ["default", "default"],
        "AuditEntry": ["default", "default"],
        "User": ["default", "default"],
        "tables": {"default": ["RecordKey", "AuditEntry", "User"], "vault": []},
        "sql": ["default"],
    }


def test_with_a_vault_the_data_keys_and_nothing_else_are_in_it() -> None:
    assert where(VAULT_DATABASE_URL="postgres://nobody@127.0.0.1:1/vault") == {
        "RecordKey": ["vault", "vault"],
        "AuditEntry": ["default", "default"],
        "User": ["default", "default"],
        "tables": {"default": ["AuditEntry", "User"], "vault": ["RecordKey"]},
        "sql": ["default"],
    }
