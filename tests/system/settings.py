"""Development's secrets and database, but errors answered and logged as in production."""

import os

os.environ["DEBUG"] = "true"
os.environ.setdefault("EMAIL_URL", "dummymail://")  # a test that wants mails names its own server
# Hundreds of invented people share one address here and type faster than anybody; tests of the limits set both.
os.environ.setdefault("INTAKE_MIN_SECONDS", "0")
os.environ.setdefault("INTAKE_PER_HOUR", "1000000")

from casetra.settings import *  # noqa: F403

DEBUG = False  # Django's yellow page would answer instead of ours, and every query would be kept
STAFF_WITHOUT_SECOND_FACTOR = []  # as production has it
# With DEBUG off the start refuses a draft edition, which the shipped one is, and whatever has no HTTPS.
SILENCED_SYSTEM_CHECKS = [
    "policy.E010",
    "casetra.E001",
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]
