"""2-1: many threads screen at once; a tokenizer that two threads share fails in most calls."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from intake.screening import screen, warm_up

TEXT = "企画の田畑さん、明日から在宅。Aさんはうつ病で休職中。連絡は090-1234-5678へ。"


def test_many_threads_find_the_same() -> None:
    expected = screen(TEXT)
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert all(findings == expected for findings in pool.map(screen, [TEXT] * 200))


def test_a_cold_process_may_be_asked_by_many_threads_first() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "from intake.screening import screen\n"
        f"with Pool(8) as pool: print({{tuple(each) for each in pool.map(screen, [{TEXT!r}] * 16)}}.__len__())"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip() == "1", result.stderr


def test_importing_loads_neither_the_dictionary_nor_django() -> None:
    code = (
        "import sys; import intake.screening; from intake.screening import dictionary\n"
        "print(dictionary._dictionary.cache_info().currsize, 'django' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.split() == ["0", "False"], result.stderr


def test_a_worker_can_be_warmed_up_twice() -> None:
    warm_up()
    warm_up()
