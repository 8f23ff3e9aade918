"""docs/運用手引き.md, README.md: every container that they start finds the files that its settings name."""

import re

import pytest

from tests.casetra.production import CHECKOUT

TEXT = "\n".join(
    (CHECKOUT / name).read_text(encoding="utf-8") for name in ("docs/運用手引き.md", "README.md")
).replace('"\nrun="$run', "")  # README's line in two pieces
RUNS = [line for line in TEXT.splitlines() if "docker run" in line and "--env-file" in line]
SETTING = re.compile(r"\b[A-Z_]+=(/[a-z]+)/")  # the folder of a file, as the container sees it
OPTION = re.compile(r"--to (/[a-z]+)/")
MOUNT = re.compile(r"-v /[a-z/]+:(/[a-z]+)(:ro)?")


def test_the_documents_start_containers() -> None:
    assert [line.partition("manage.py ")[2].partition(" /")[0] for line in RUNS] == [
        "send_pending_mail",
        "purge_expired",
        "purge_expired --check",
        "purge_expired",  # by systemd
        "export_erasures --to",
        "",  # README's, of all commands
    ]


@pytest.mark.parametrize("line", RUNS)
def test_every_line_mounts_what_it_names_and_writes_to_nothing_but_the_ledger_it_exports(line: str) -> None:
    mounts = dict(MOUNT.findall(line))
    assert {*SETTING.findall(line), *OPTION.findall(line)} <= mounts.keys()
    writable = {folder for folder, mode in mounts.items() if not mode}
    assert writable == ({"/ledger"} if "export_erasures" in line else set())


def test_every_line_mounts_what_the_documents_set_for_all_of_them() -> None:
    for_all = re.sub(
        r"-e \S+", "", TEXT
    )  # what is not set in a line stands in the file that all of them share
    shared = set(SETTING.findall(for_all))
    assert [line for line in RUNS if not shared <= dict(MOUNT.findall(line)).keys()] == []


def test_the_purge_is_given_the_ledger() -> None:
    purges = [line for line in RUNS if line.endswith("purge_expired")]
    assert all("-e ERASURE_LEDGER=/ledger/erasures.jsonl " in line for line in purges)
