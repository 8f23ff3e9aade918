"""第6条: with a separate vault the keys live there and nowhere else, and everything works as before."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connections

WITH_A_VAULT = [
    "tests/safeguards",
    "tests/intake/test_submission.py",
    "tests/intake/test_admin.py",
    "tests/intake/test_notes.py",
    "tests/intake/test_correction.py",
    "tests/intake/test_two_writers.py",
    "tests/intake/test_technical.py",
    "tests/intake/test_search.py",
    "tests/intake/test_search_by_email.py",
    "tests/intake/test_export.py",
    "tests/intake/test_desk_papers.py",
    "tests/casetra/test_staff_leaves.py",
    "tests/intake/test_review.py",
    "tests/retention/test_export_erasures.py",
    "tests/retention/test_replay_erasures.py",
    "tests/retention/test_replay_waits.py",
    "tests/retention/test_restore_drill.py",
    "tests/retention/test_restored.py",
    "tests/retention/test_hold_races.py",
    "tests/intake/test_review_by_hand.py",
    "tests/intake/test_asking.py",
    "tests/intake/test_rescreen.py",
]


@pytest.mark.skipif("vault" in settings.DATABASES, reason="this is the run that it starts")
def test_the_suites_of_keys_and_records_pass_with_a_separate_vault() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--ds=tests.vault_settings",
        "--create-db",
    ]
    run = subprocess.run(
        [*command, *WITH_A_VAULT], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-5000:]


@pytest.mark.django_db(databases="__all__")
def test_the_table_of_keys_is_in_one_database_only() -> None:
    tables = {alias: connections[alias].introspection.table_names() for alias in connections}
    home = "vault" if "vault" in connections else "default"
    assert [alias for alias in tables if "safeguards_recordkey" in tables[alias]] == [home]
    if home == "vault":
        assert set(tables["vault"]) == {"safeguards_recordkey", "django_migrations"}
