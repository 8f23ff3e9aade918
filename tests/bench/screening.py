"""What the free-text screen costs: the time of an ordinary text and of a long one, and the memory it stays in."""

import gc
from collections.abc import Callable
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from time import process_time
from typing import TextIO

from intake.screening import screen, warm_up
from tests.intake.screening import sample

LONG = 5_000
WIDTH = 56
# What a person might paste and what somebody might try; the rules' own words in a row are the dearest.
REPEATED = [
    "山田さんがうつ病",
    "1",
    "090-",
    "田中",
    "課長",
    "担当の",
    "社員がうつ",
    "市区町村",
    "病",
    "a@",
    "ー",
]
REPEATED += ["ア", "氏", "さん", "Aさんが癌。", "佐藤・鈴木・", "低血糖", "課長補佐"]


def write(out: TextIO) -> None:
    """Process time, so that a busy machine disturbs little; the aims stand beside the figures."""
    before = _resident()
    seconds = _seconds(warm_up)
    texts = [text.text for text in sample.read("*.jsonl")]
    times = sorted(_seconds(partial(screen, text)) for text in texts)
    prose = "".join(chain.from_iterable(repeat(texts, 2)))[:LONG]
    worst = max(_best(partial(screen, (piece * LONG)[:LONG])) for piece in REPEATED)
    rows = [
        ("loading, once a process, before the first request", f"{seconds * 1e3:,.0f} ms"),
        (f"p50 of {len(texts):,} texts", f"{times[len(times) // 2] * 1e3:.2f} ms"),
        ("p95 (aim: at most 2 ms)", f"{times[int(len(times) * 0.95)] * 1e3:.2f} ms"),
        (
            f"{LONG:,} characters of prose (aim: at most 50 ms)",
            f"{_best(partial(screen, prose)) * 1e3:.0f} ms",
        ),
        (f"{LONG:,} characters of repetition, the worst (50 ms)", f"{worst * 1e3:.0f} ms"),
        ("more memory resident (aim: at most 150 MB)", f"{_resident() - before:.0f} MB"),
    ]
    out.write(f"\n{'Free-text screen':<{WIDTH}}\n{'-' * (WIDTH + 12)}\n")
    for name, value in rows:
        out.write(f"{name:<{WIDTH}}{value:>12}\n")


def _seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


def _best(work: Callable[[], object]) -> float:
    gc.collect()
    return min(_seconds(work) for _ in range(5))


def _resident() -> float:
    """The process's resident memory in MB, on Linux; 0 elsewhere."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
