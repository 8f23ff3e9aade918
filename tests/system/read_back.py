"""Prints every stored consultation, opened, as JSON: `python -m tests.system.read_back` (see Database.python)."""

import json
import sys
from dataclasses import asdict

import django


def main() -> None:
    """One object a record; an envelope that does not open ends the program."""
    django.setup()
    from intake.models import Consultation
    from intake.rules.answers import PersonalPart
    from intake.services.submission import KIND
    from safeguards.services import envelopes

    stored = list(Consultation.objects.all())
    opened = envelopes.open_many({each.id: each.sealed for each in stored}, kind=KIND, into=PersonalPart)
    json.dump(
        [
            {
                "token": each.submission_token.hex,
                "reference": each.reference,
                "employeeCount": each.employee_count,
                **asdict(opened[each.id]),
            }
            for each in stored
        ],
        sys.stdout,
    )


if __name__ == "__main__":
    main()
