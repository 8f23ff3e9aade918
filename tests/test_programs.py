"""A missing program skips its tests on a developer's machine, and fails them in `.ci/run`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import programs

each_program = pytest.mark.parametrize(
    "program", [programs.chromium, programs.java, programs.vnu_jar, programs.nginx]
)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any of them."""
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.setattr(programs, "VNU_JAR", tmp_path / "vnu.jar")


@each_program
@pytest.mark.usefixtures("bare")
def test_a_missing_program_skips(program: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASETRA_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception):
        program()


@each_program
@pytest.mark.usefixtures("bare")
def test_a_missing_program_fails_where_all_are_required(
    program: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASETRA_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception):
        program()
