"""The settings of a measurement: errors and logs as in production, a bare view beside ours."""

import os

from tests.system.settings import *  # noqa: F403
from tests.system.settings import BASE_DIR, DATABASES, LOGGING, STATICFILES_DIRS

ROOT_URLCONF = "tests.bench.urls"

# As after collectstatic: whitenoise warns where there is no folder.
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = STATICFILES_DIRS[:0]

# Log lines are made and written as ever, but not into the middle of the table.
_null = {"class": "logging.FileHandler", "filename": os.devnull, "formatter": "json"}
LOGGING = {**LOGGING, "handlers": {"stdout": _null}}

# What is measured is storing: without a limit nothing is counted, and without a mail server's name nothing is sent.
# The report has a line with both, too.
INTAKE_PER_HOUR = 0
EMAIL_BACKEND, EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""

for _config in DATABASES.values():
    _config["TEST"] = {"NAME": f"scratch_bench_{os.getpid()}"}
    _config["CONN_MAX_AGE"] = None  # a new connection would not know which size is being measured
