"""2-1: the screen's version changes with its rules and its word lists."""

import re
import shutil
from pathlib import Path

import intake.screening
from intake.screening import rules_digest
from intake.screening.digest import digest_of

SOURCE = Path(intake.screening.__file__).parent


def test_the_version_is_short_and_stays_the_same() -> None:
    assert re.fullmatch("[0-9a-f]{16}", rules_digest())
    assert rules_digest() == digest_of(SOURCE)


def test_the_version_changes_with_every_rule_and_list(tmp_path: Path) -> None:
    copy = shutil.copytree(SOURCE, tmp_path / "screening")
    seen = {digest_of(copy)}
    files = sorted([*copy.rglob("*.py"), *copy.rglob("*.txt")])
    assert len(files) > 40
    for file in files:
        with file.open("a", encoding="utf-8") as added:
            added.write("# more\n")
        seen.add(digest_of(copy))
    assert len(seen) == len(files) + 1


def test_the_version_does_not_depend_on_what_python_leaves_behind(tmp_path: Path) -> None:
    copy = shutil.copytree(SOURCE, tmp_path / "screening")
    (copy / "__pycache__").mkdir(exist_ok=True)
    (copy / "__pycache__" / "rule.cpython-311.pyc").write_bytes(b"1")
    assert digest_of(copy) == digest_of(SOURCE)
