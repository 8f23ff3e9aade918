"""Secrets for development and tests: made once under `var/`, never committed, never used in production."""

import hashlib
import json
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from safeguards.rules import keyring


@dataclass(frozen=True)
class DevelopmentSecrets:
    """What production takes from the environment, and the demo staff account's password."""

    secret_key: str
    keyring: str
    demo_password: str


def load(folder: Path) -> DevelopmentSecrets:
    """The secrets of this checkout, made on first use; two processes starting at once get the same ones."""
    path = folder / "development.json"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        made = DevelopmentSecrets(secrets.token_urlsafe(50), keyring.generate(), secrets.token_urlsafe(9))
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:  # created with mode 0600
            json.dump(asdict(made), file)
        try:
            path.hardlink_to(file.name)  # fails when another process was first: then its file counts
        except FileExistsError:
            pass
        finally:
            Path(file.name).unlink()
    return DevelopmentSecrets(**json.loads(path.read_text()))


def embedded_folder(checkout: Path, made: DevelopmentSecrets) -> Path:
    """Where the embedded PostgreSQL of this checkout lives.

    A Unix socket's path is limited to about 100 bytes and pgserver cannot quote spaces, so the folder is
    not under the checkout. Its name depends on the secrets: fresh keys never meet records of lost ones.
    """
    digest = hashlib.sha256(f"{checkout}\n{made.secret_key}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"casetra-{digest}"
