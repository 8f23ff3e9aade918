"""The WSGI application. It runs Django's system checks, which no server does by itself, and stops on a fault."""

import os

import django
from django.conf import settings
from django.core import checks

from casetra import startup
from casetra.handler import Handler

# gunicorn restarts a worker that ends with any other code, for ever.
WORKER_BOOT_ERROR = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetra.settings")
startup.load_settings(exit_code=WORKER_BOOT_ERROR)
django.setup(set_prefix=False)
application = Handler()


def _is_unsafe(fault: checks.CheckMessage) -> bool:
    # What Django only warns of, such as a SECRET_KEY of one letter, production must not run with either.
    return not settings.DEBUG and (fault.id or "").startswith("security.W")


_faults = [
    fault
    for fault in checks.run_checks(include_deployment_checks=not settings.DEBUG)
    if (fault.is_serious() or _is_unsafe(fault)) and not fault.is_silenced()
]
if _faults:
    startup.refuse("; ".join(f"{fault.id}: {fault.msg}" for fault in _faults), exit_code=WORKER_BOOT_ERROR)

# Its models need the settings that were just read. The dictionary is loaded before the workers are forked, and not
# while the first person waits.
from intake.services import free_texts  # noqa: E402

free_texts.warm_up()
