"""`make guide` keeps working, where there is a Chromium."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser import programs
from tests.guide import camera, png


@pytest.mark.browser
def test_a_picture_is_taken_of_a_page_that_staff_see(tmp_path: Path) -> None:
    programs.chromium()
    command = [sys.executable, "-m", "tests.guide", "list", "--into", str(tmp_path)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("list.png  ")
    assert png.size((tmp_path / "list.png").read_bytes())[0] == camera.WIDTH


def test_a_picture_that_there_is_not_is_refused() -> None:
    command = [sys.executable, "-m", "tests.guide", "nothing"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no picture is called nothing" in done.stderr
