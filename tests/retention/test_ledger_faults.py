"""第9条: a database that fails under export_erasures or replay_erasures is told of by its fault's class alone."""

from pathlib import Path
from unittest import mock
from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, InterfaceError, OperationalError

from tests.retention.ledger import exported, line, replayed

SAYS = "connection to server at 10.1.2.3 failed for user casetra"
FAULTS = [OperationalError, InterfaceError, DatabaseError]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_export_says_no_host_and_no_user(tmp_path: Path, fault: type[Exception]) -> None:
    with (
        mock.patch("safeguards.services.ledger.export_to", side_effect=fault(SAYS)),
        pytest.raises(CommandError) as failed,
    ):
        exported(tmp_path)
    assert str(failed.value) == f"the database failed ({fault.__name__}); run it again"
    assert (failed.value.returncode, failed.value.__suppress_context__) == (1, True)


@pytest.mark.parametrize("fault", FAULTS)
def test_neither_does_a_replay(tmp_path: Path, fault: type[Exception]) -> None:
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(uuid4()))
    with (
        mock.patch("retention.services.replay.replay", side_effect=fault(SAYS)),
        pytest.raises(CommandError) as failed,
    ):
        replayed(path)
    assert str(failed.value) == f"the database failed ({fault.__name__}); run it again"
    assert (failed.value.returncode, failed.value.__suppress_context__) == (1, True)
