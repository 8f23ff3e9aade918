"""Typed values from the environment: a bad one stops the start with one clear line."""

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# FileAwareEnv reads NAME from the file that NAME_FILE points to, as container secrets are given.
_env = environ.FileAwareEnv()

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
HOST_NAME = re.compile(r"(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)  # no IP address, no pattern

# Not environ's consolemail: standard output is the log, and a mail holds an address (第6条).
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "smtp+ssl": 465, "filemail": 0, "dummymail": 0}


def text(name: str, default: str = "") -> str:
    """The value of `name` (or of the file in `name`_FILE) without surrounding white space."""
    try:
        # Not _env.str(), which takes a value that starts with "$", as a secret may, for another's name.
        value: str = _env.ENVIRON.get(name, default)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: it is not UTF-8 text") from None
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


def file(name: str) -> Path | None:
    """The path of a file, which need not be there yet, in a folder that is; None where nothing is given."""
    value = text(name)
    if value and not Path(value).absolute().parent.is_dir():
        raise ImproperlyConfigured(f"{name} must be a file in an existing folder")
    return Path(value) if value else None


def origin(name: str, default: str) -> str:
    """A web address without path: scheme, host and, if need be, port."""
    value = text(name).rstrip("/")
    if not value:
        return default
    try:
        parts = urlsplit(value)
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # what is between brackets, or the port, is none
        fine = False
    if not fine or value != f"{parts.scheme}://{parts.netloc}" or "@" in value:
        raise ImproperlyConfigured(f"{name} must be an address such as https://www.example.jp")
    return value


def https_origin(hosts: Iterable[str]) -> str:
    """https:// and the first of `hosts` that is a host's name; "" where all are patterns or addresses."""
    return next((f"https://{host}" for host in hosts if HOST_NAME.fullmatch(host)), "")


def database(name: str, default: str = "") -> dict[str, Any]:
    """Django's settings for the PostgreSQL database at the URL in `name`."""
    url = text(name, default)
    if not url.startswith(("postgres://", "postgresql://")):  # environ would warn and quote the password
        raise ImproperlyConfigured(f"{name} must be a postgres:// URL")
    try:
        config: dict[str, Any] = _env.db_url_config(url)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} is not a database URL") from None
    if not config["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database: postgres://user:password@host/database")
    options = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    return {**config, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def mail_server(name: str, default: str) -> dict[str, Any]:
    """Django's `EMAIL_…` settings for the URL in `name`."""
    url = text(name) or default
    scheme = url.partition("://")[0]
    # environ takes what follows "?" for settings of any name, and mistakes there would go unnoticed.
    if scheme not in MAIL_PORTS or "?" in url or "#" in url:
        raise ImproperlyConfigured(
            f"{name} must be as smtp+tls://user:password@host:587 (or smtps, smtp, filemail:///folder, dummymail)"
        )
    try:
        config: dict[str, Any] = _env.email_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a mail server's URL") from None
    if scheme.startswith("smtp") and not config["EMAIL_HOST"] and url != default:
        raise ImproperlyConfigured(f"{name} names no host")
    folder = "/" + config["EMAIL_FILE_PATH"].lstrip("/")  # environ takes the first stroke off
    if scheme == "filemail" and (config["EMAIL_HOST"] or folder == "/"):
        raise ImproperlyConfigured(f"{name} names no folder: filemail:///folder")
    return {
        **config,
        # As mail programs use the names; environ takes smtps for the STARTTLS of port 587.
        "EMAIL_USE_TLS": scheme == "smtp+tls",
        "EMAIL_USE_SSL": scheme in {"smtps", "smtp+ssl"},
        "EMAIL_FILE_PATH": folder,
        "EMAIL_HOST": config["EMAIL_HOST"] or "",
        "EMAIL_HOST_USER": config["EMAIL_HOST_USER"] or "",
        "EMAIL_HOST_PASSWORD": config["EMAIL_HOST_PASSWORD"] or "",
        "EMAIL_PORT": config["EMAIL_PORT"] or MAIL_PORTS[scheme],
    }


def sender(name: str, default: str) -> str:
    """An e-mail address, alone or as `Name <address>`."""
    value = text(name) or default
    if value:
        _address(name, parseaddr(value)[1] if value.isprintable() else "")
    return value


def addresses(name: str) -> list[str]:
    """The comma-separated e-mail addresses of `name`."""
    return [_address(name, word) for word in words(name)]


def dates(name: str) -> frozenset[date]:
    """The comma-separated dates of `name`, each as 2027-08-13."""
    try:
        return frozenset(date.fromisoformat(word) for word in words(name))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be dates such as 2027-08-13, separated by commas") from None


def _address(name: str, value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ImproperlyConfigured(f"{name} must hold e-mail addresses such as info@example.jp") from None
    return value
