"""Typed values from the environment: a bad one stops the start with one clear line."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# FileAwareEnv reads NAME from the file that NAME_FILE points to, as container secrets are given.
_env = environ.FileAwareEnv()

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of `name` (or of the file in `name`_FILE) without surrounding white space."""
    try:
        value: str = _env.str(name, default=default)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from None
    return value.strip()


def boolean(name: str, default: bool) -> bool:
    """True or False; any other word raises, since `DEBUG=flase` must not mean anything."""
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(TRUE | FALSE))}")
    return value in TRUE


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number of at least `minimum`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}")
    return int(value)


def words(name: str) -> list[str]:
    """The comma-separated values of `name`, empty ones left out."""
    return [word for part in text(name).split(",") if (word := part.strip())]


def directory(name: str, default: Path) -> Path:
    """An existing folder."""
    path = Path(text(name) or default)
    if not path.is_dir():
        raise ImproperlyConfigured(f"{name} is not a folder: {path}")
    return path


def database(name: str, default: str = "") -> dict[str, Any]:
    """Django's settings for the PostgreSQL database at the URL in `name`."""
    url = text(name, default)
    try:
        config: dict[str, Any] = _env.db_url_config(url)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} is not a database URL") from None
    if config.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must be a postgres:// URL")
    options = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    return {**config, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
