"""Development's secrets and database, but errors answered and logged as in production."""

import os

os.environ["DEBUG"] = "true"

from casetra.settings import *  # noqa: F403

DEBUG = False  # Django's yellow page would answer instead of ours, and every query would be kept
SILENCED_SYSTEM_CHECKS = ["policy.E010"]  # the shipped edition is a draft, which production refuses
