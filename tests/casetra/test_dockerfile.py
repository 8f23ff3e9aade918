"""The image: what enters it, who runs in it, and that its own lines work."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from casetra import gunicorn
from tests.casetra.dockerfile import INSTRUCTIONS, parse
from tests.casetra.production import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
STAGES = [number for number, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM"]
FINAL = INSTRUCTIONS[STAGES[-1] :]


def words(name: str, instructions: list[tuple[str, str]] = INSTRUCTIONS) -> list[str]:
    return [words for instruction, words in instructions if instruction == name]


def test_comments_and_continued_lines_are_understood() -> None:
    assert parse("# no\nRUN a \\\n    b\n\nuser 1\n") == [("RUN", "a      b"), ("USER", "1")]


def test_there_are_two_stages_on_the_same_python() -> None:
    bases = [words.split()[0] for words in words("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    version = re.fullmatch(r"python:(3\.\d+)-slim-bookworm", bases[0])
    assert version
    assert f">={version[1]}" == PROJECT["project"]["requires-python"]


def test_it_does_not_run_as_root() -> None:
    (user,) = words("USER", FINAL)
    uid, _, gid = user.partition(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert f"useradd --uid {uid} " in " ".join(words("RUN", FINAL))
    names = [name for name, _ in FINAL]
    assert names.index("USER") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]


def test_its_health_check_asks_healthz_where_gunicorn_listens() -> None:
    (check,) = words("HEALTHCHECK", FINAL)
    port = gunicorn.bind.rpartition(":")[2]
    assert f"http://127.0.0.1:{port}/healthz" in check
    assert words("EXPOSE", FINAL) == [port]


def test_no_secret_is_set_for_good() -> None:
    for line in words("ENV") + words("ARG") + words("LABEL"):
        assert not re.search(r"SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL", line, re.IGNORECASE)


def test_only_locked_libraries_are_installed() -> None:
    installs = [line for line in words("RUN") if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes -r requirements.txt" in installs[0]


def test_the_code_and_nothing_else_is_copied() -> None:
    sources = [line.split()[0].rstrip("/") for line in words("COPY") if not line.startswith("--from")]
    apps = PROJECT["tool"]["importlinter"]["root_packages"]
    assert sorted(sources) == sorted([*apps, "manage.py", "requirements.txt", "static", "templates"])
    from_builder = [line for line in words("COPY", FINAL) if line.startswith("--from=builder ")]
    assert from_builder == words("COPY", FINAL)


@pytest.mark.parametrize("name", [".git", ".venv", ".env*", "var", "tests", "node_modules", "**/__pycache__"])
def test_what_must_not_enter_is_ignored(name: str) -> None:
    assert name in (CHECKOUT / ".dockerignore").read_text().splitlines()


def test_collecting_writes_the_manifest_and_nothing_but_static_files(image: Path) -> None:
    names = json.loads((image / "staticfiles" / "staticfiles.json").read_text())["paths"]
    for name in ("css/site.css", "js/site.js", "admin/css/base.css"):
        assert (image / "staticfiles" / names[name]).is_file()
    copied = {line.split()[1].strip("./") for line in words("COPY") if not line.startswith("--from")} - {""}
    assert {path.name for path in image.iterdir()} == copied | {
        "manage.py",
        "requirements.txt",
        "staticfiles",
    }
    assert not list(image.rglob("development.json"))
