"""The WSGI application. It runs Django's system checks, which no server does by itself, and stops on an error."""

import os

from django.conf import settings
from django.core import checks
from django.core.wsgi import get_wsgi_application

from casetra import startup

# gunicorn restarts a worker that ends with any other code, for ever.
WORKER_BOOT_ERROR = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetra.settings")
startup.load_settings(exit_code=WORKER_BOOT_ERROR)
application = get_wsgi_application()

_faults = [
    fault
    for fault in checks.run_checks(include_deployment_checks=not settings.DEBUG)
    if fault.is_serious() and not fault.is_silenced()
]
if _faults:
    startup.refuse("; ".join(f"{fault.id}: {fault.msg}" for fault in _faults), exit_code=WORKER_BOOT_ERROR)
