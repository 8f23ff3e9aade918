"""The programs that these tests drive; where one is missing they skip and say which, or fail if told to."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings

VNU_JAR = Path(settings.BASE_DIR) / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium_path() -> str | None:
    """The path of the system's Chromium, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def chromium() -> str:
    """The path of the system's Chromium."""
    return chromium_path() or _missing("no Chromium (chromium, chromium-browser, google-chrome) on the PATH")


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
