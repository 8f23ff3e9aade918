"""README and .env.example list the settings that the code reads; the lock of the test programs is clean."""

import json
import re
import subprocess
from functools import cache

from tests.casetra import production
from tests.casetra.production import CHECKOUT

# Settings are read while these two are imported, all of them through environment.text().
ASKED = """
from casetra import environment
names, text = set(), environment.text
def asking(name, default=""):
    names.add(name)
    return text(name, default)
environment.text = asking
import casetra.settings, casetra.gunicorn
print(*sorted(names))
"""


@cache
def asked() -> list[str]:
    """The names that the code asks the environment for, in order."""
    done = production.python("-c", ASKED, env=production.environment())
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_nothing_else_reads_the_environment() -> None:
    # casetra.embedded does not either: it sets a variable for the import of a foreign package.
    reading = re.compile(r"\bos\.(environ|getenv)\b(?!\.setdefault\()")
    found = [
        str(path.relative_to(CHECKOUT))
        for folder in ("casetra", "retention", "intake", "policy", "safeguards")
        for path in (CHECKOUT / folder).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8")) and path.name != "embedded.py"
    ]
    assert found == []


def test_readme_lists_exactly_the_settings_that_the_code_reads() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- environment -->")[2].partition("<!-- /environment -->")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(name for cell in rows for name in re.findall(r"`([A-Z_]+)`", cell)) == asked()


def test_env_example_lists_exactly_the_settings_that_the_code_reads() -> None:
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert sorted(line.partition("=")[0] for line in lines if line and not line.startswith("#")) == asked()


def test_env_example_is_a_production_that_starts_once_it_is_filled_in(confirmed: str) -> None:
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert example["POLICY_EDITIONS_DIR"] == "/editions"  # where README's command puts the company's folder
    complete = production.environment(POLICY_EDITIONS_DIR=confirmed)
    secret = {name: complete[name] for name in ("SECRET_KEY", "CASETRA_KEYRING", "DATABASE_URL")}
    env = complete | example | secret | {"POLICY_EDITIONS_DIR": confirmed}
    done = production.python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert example["TRUSTED_PROXIES"] == "1"  # with 0, every request behind the proxy is sent to https again


def test_env_example_holds_no_secret() -> None:
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()
    for name in ("SECRET_KEY", "CASETRA_KEYRING", "DATABASE_URL", "VAULT_DATABASE_URL"):
        assert f"{name}=" in lines


def test_the_keyring_command_of_env_example_makes_a_keyring() -> None:
    (code,) = re.findall(
        r'python3 -c "(.*keyring.*)"', (CHECKOUT / ".env.example").read_text(encoding="utf-8")
    )
    made = production.python("-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}", env={})
    assert made.returncode == 0, made.stderr
    done = production.python("manage.py", "check", env=production.environment(CASETRA_KEYRING=made.stdout))
    assert done.returncode == 0, done.stderr


def test_the_lock_of_the_test_programs_names_no_registry_and_checks_what_it_gets() -> None:
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())
    wanted = json.loads((CHECKOUT / "package.json").read_text())["devDependencies"]
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert wanted == {"vnu-jar": packages["node_modules/vnu-jar"]["version"]}
    assert list(packages) == ["node_modules/vnu-jar"]
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_the_ci_script_can_run() -> None:
    script = CHECKOUT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert "set -euo pipefail" in script.read_text()
