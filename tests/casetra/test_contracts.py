"""docs/decisions/0002: across apps only services and models are imported, and a stray import breaks the build."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.casetra.production import CHECKOUT
from tests.casetra.test_house import APPS

WALLS = ["rules", "views", "urls", "forms", "choices", "management", "apps", "checks", "admin", "middleware"]
OPEN = "from {0} import models, services\nfrom {0}.models import Model\nfrom {0}.services import thing\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The apps, every layer of them present, for a test to write an import into."""
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    for app in APPS:
        ignored = shutil.ignore_patterns("__pycache__", "editions")
        shutil.copytree(CHECKOUT / app, tmp_path / app, ignore=ignored)
        for layer in [*WALLS, "models"]:
            if not any((tmp_path / app).glob(f"{layer}*")):
                (tmp_path / app / f"{layer}.py").touch()
    return tmp_path


def broken(folder: Path) -> set[tuple[str, str]]:
    """(importer, imported) of every import that a contract refuses."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    pairs = set(re.findall(r"([\w.]+) -> ([\w.]+) \(l\.", done.stdout))
    assert (done.returncode != 0) is bool(pairs), done.stdout + done.stderr
    return pairs


def add(folder: Path, module: str, code: str) -> None:
    with (folder / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{code}")


def test_services_and_models_may_be_imported_across_apps(copy: Path) -> None:
    add(copy, "intake/services/reading.py", OPEN.format("policy") + OPEN.format("safeguards"))
    add(copy, "policy/services.py", OPEN.format("safeguards"))
    assert broken(copy) == set()


def test_nothing_else_may_be_imported_across_apps(copy: Path) -> None:
    strays = [
        (importer, f"{app}.{layer}")
        for importer, app in [
            ("intake.views", "policy"),
            ("intake.views", "safeguards"),
            ("policy.views", "safeguards"),
        ]
        for layer in WALLS
    ]
    for importer, imported in strays:
        add(copy, f"{importer.replace('.', '/')}/__init__.py", f"import {imported}\n")
    assert broken(copy) == set(strays)


def test_only_an_admin_may_import_another_apps_admin(copy: Path) -> None:
    for module in ("intake/admin/consultations.py", "policy/admin.py", "intake/services/reading.py"):
        add(copy, module, "from safeguards.admin import ReadOnlyAdmin\n")
    assert broken(copy) == {("intake.services.reading", "safeguards.admin")}
