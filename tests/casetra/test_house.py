"""DESIGN's house rules that no linter knows."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casetra.production import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
APPS: list[str] = PROJECT["tool"]["importlinter"]["root_packages"]
CLOCK_READERS = {"views", "admin", "management", "checks", "context", "middleware"}
AUDIT_WRITER = "safeguards/services/audit.py"


def modules(*folders: str) -> dict[str, Path]:
    """First-party modules by their path in the checkout."""
    found = (path for folder in folders for path in sorted((CHECKOUT / folder).rglob("*.py")))
    return {str(path.relative_to(CHECKOUT)): path for path in found if "migrations" not in path.parts}


def tree(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def reads_clock(node: ast.AST) -> bool:
    """`x.now`, `x.today`, `time.time`, and `localdate()` or `localtime()` of no given moment."""
    match node:
        case ast.Attribute(attr="now" | "utcnow" | "today"):
            return True
        case ast.Attribute(value=ast.Name(id="time"), attr="time"):
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[], keywords=[]):
            return name in {"localdate", "localtime"}
    return False


def writes_audit(node: ast.AST) -> bool:
    """`AuditEntry(…)`, or a `create` of any kind on its manager."""
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return called.split(".")[-1] == "AuditEntry" or ("AuditEntry.objects" in called and "create" in called)


def layer(name: str) -> str:
    return Path(name).parts[1].removesuffix(".py")


def test_the_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_package_is_under_the_contracts() -> None:
    packages = {path.parent.name for path in CHECKOUT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(APPS)


@pytest.mark.parametrize("name", ["manage.py", *modules(*APPS, "tests")])
def test_no_module_is_longer_than_300_lines(name: str) -> None:
    assert len((CHECKOUT / name).read_text(encoding="utf-8").splitlines()) <= 300


def test_every_module_opens_with_a_docstring() -> None:
    bare = [
        name
        for name, path in modules(*APPS, "tests").items()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert bare == []


def test_the_clock_is_read_only_where_a_request_or_a_command_begins() -> None:
    readers = {name for name, path in modules(*APPS).items() if any(map(reads_clock, tree(path)))}
    assert {name for name in readers if layer(name) not in CLOCK_READERS} == set()
    assert readers  # or the search would find nothing at all


def test_the_audit_has_one_writer() -> None:
    writers = [name for name, path in modules(*APPS).items() if any(map(writes_audit, tree(path)))]
    assert writers == [AUDIT_WRITER]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("timezone.now()", True),
        ("field(default=timezone.now)", True),
        ("date.today()", True),
        ("time.time()", True),
        ("timezone.localdate()", True),
        ("localdate()", True),
        ("timezone.localdate(at)", False),
        ("time.monotonic()", False),
        ("'timezone.now()'", False),
    ],
)
def test_a_reading_of_the_clock_would_be_seen(code: str, found: bool) -> None:
    assert any(map(reads_clock, ast.walk(ast.parse(code)))) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("AuditEntry(at=at).save()", True),
        ("models.AuditEntry.objects.bulk_create([])", True),
        ("AuditEntry.objects.using('default').get_or_create()", True),
        ("AuditEntry.objects.filter()", False),
        ("audit.record(Event.X)", False),
    ],
)
def test_a_second_writer_would_be_seen(code: str, found: bool) -> None:
    assert any(map(writes_audit, ast.walk(ast.parse(code)))) is found
