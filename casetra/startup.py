"""Start-up that stops on a fault with one clear line, for `manage.py` and the WSGI server."""

import sys
from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

REFUSED = 78  # EX_CONFIG of sysexits.h, as DESIGN §4 gives it for a refused configuration


def load_settings(*, exit_code: int = REFUSED) -> None:
    """Read the environment; a missing or bad value ends the process with its line and `exit_code`."""
    try:
        settings.configured or settings.DEBUG  # noqa: B018 - the first access reads the settings
    except ImproperlyConfigured as error:
        refuse(str(error), exit_code=exit_code)


def refuse(reason: str, *, exit_code: int = REFUSED) -> NoReturn:
    """End the process, the reason on standard error."""
    sys.stderr.write(f"casetra: {reason}\n")
    sys.exit(exit_code)
