"""The project's settings as the tests use them: development's, with what makes tests fast and honest."""

import os

os.environ.setdefault("DEBUG", "true")

from casetra.settings import *  # noqa: F403
from casetra.settings import DATABASES, STORAGES

# The manifest storage under a live server answers 404 for every stylesheet; the plain one serves them.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INTAKE_MIN_SECONDS = 0  # tests press 「送信する」 at once; those of the minimum set it themselves
for _config in DATABASES.values():
    _config["CONN_MAX_AGE"] = 0  # a live server's threads must not keep the test database open
