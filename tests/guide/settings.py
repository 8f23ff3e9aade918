"""The settings under which the guide's pictures are taken: the tests', in a scratch database of their own."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, LOGGING

DEBUG = False  # as everybody but developers sees it
LOGGING = {
    **LOGGING,
    "handlers": {"stdout": {"class": "logging.NullHandler"}},
}  # the output names the pictures
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

for _config in DATABASES.values():
    _config["TEST"] = {"NAME": f"scratch_guide_{os.getpid()}"}
