"""2-1: the screen's dictionary is loaded when the server starts, and not while the first person waits."""

import json
import os
import subprocess
import sys

from django.conf import settings

# The screen's own caches say whether a call loaded anything; the request is another thread's, as gunicorn's are.
PROGRAM = """
import json
from threading import Thread

import casetra.wsgi
from django.test import Client
from intake.screening import dictionary

def loads():
    return [load.cache_info().misses for load in (dictionary._dictionary, dictionary.lexicon)]

pages = []
before = loads()
data = {"action": "confirm", "email": "taro@example.jp", "security": "担当は鈴木一郎です。"}
thread = Thread(target=lambda: pages.append(Client(SERVER_NAME="localhost").post("/consultation/", data)))
thread.start()
thread.join()
print(json.dumps({"before": before, "after": loads(), "marks": pages[0].content.decode().count("<mark")}))
"""


def test_the_server_loads_the_dictionary_at_its_start_and_a_request_uses_it() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == {"before": [1, 1], "after": [1, 1], "marks": 1}
