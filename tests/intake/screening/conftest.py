"""The dictionary is loaded before the first example, as in a worker: loading is no part of what is tested."""

import pytest

from intake.screening import warm_up


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    warm_up()
