"""The programs that these tests drive; where one is missing they skip and say which, or fail if told to."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings

VNU_JAR = Path(settings.BASE_DIR) / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium() -> str:
    """The path of the system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    _missing("no Chromium (chromium, chromium-browser, google-chrome) on the PATH")


def java() -> str:
    """The path of Java, which runs the Nu checker."""
    return shutil.which("java") or _missing("no Java on the PATH: the Nu HTML checker needs it")


def vnu_jar() -> Path:
    """The Nu HTML checker, as `npm ci` puts it into node_modules."""
    return VNU_JAR if VNU_JAR.exists() else _missing("no Nu HTML checker (vnu-jar) in node_modules: npm ci")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CASETRA_REQUIRE_BROWSER") == "1":
        pytest.fail(f"CASETRA_REQUIRE_BROWSER=1, but {reason}", pytrace=False)
    pytest.skip(reason)
