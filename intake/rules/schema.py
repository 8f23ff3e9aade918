"""2-1: the digest of the form's schema, kept with every record: which questions were asked, with which options."""

import hashlib
import json
from collections.abc import Iterable

from intake.choices import Question


def digest(questions: Iterable[Question]) -> str:
    """SHA-256 (hex) over keys, labels, questions, kinds, options, limits and requiredness, in order."""
    schema = [
        {
            "key": question.key,
            "label": question.label,
            "ask": question.ask,
            "kind": question.kind.value,
            "options": [[value, str(label)] for value, label in question.options.choices]
            if question.options
            else [],
            "limit": question.limit,
            "required": question.required,
        }
        for question in questions
    ]
    return hashlib.sha256(json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
