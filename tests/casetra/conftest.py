"""Built once: the image's files in a folder, and one running site on them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetra import embedded
from tests.casetra import production


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the Dockerfile puts into /app; its policy edition is the shipped draft."""
    folder = tmp_path_factory.mktemp("image")
    production.build(folder)
    return folder


@pytest.fixture(scope="session")
def confirmed(image: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder of editions that the company has confirmed."""
    editions = tmp_path_factory.mktemp("policy") / "editions"
    shutil.copytree(image / "policy" / "editions", editions)
    production.confirm(editions)
    return str(editions)


@pytest.fixture(scope="session")
def site(image: Path, confirmed: str) -> Iterator[production.Site]:
    """The site behind one proxy, its database running."""
    embedded.start()
    url = production.embedded_url()
    with production.serve(image, POLICY_EDITIONS_DIR=confirmed, DATABASE_URL=url) as site:
        yield site


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="casetra-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
