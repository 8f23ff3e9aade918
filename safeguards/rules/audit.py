"""第6条 (ログ管理): what an audit entry may say beside its event — ids and labels, no values."""

import re

# Dates, key ids, counts, command names. Neither a Japanese name nor an e-mail address fits in it.
LABEL = re.compile(r"[A-Za-z0-9_.:=, -]{0,100}")


class LabelRefused(ValueError):
    """A label that could carry personal data. The message does not repeat it."""


def label(text: str) -> str:
    """`text` unchanged when it is a label; LabelRefused otherwise."""
    if not LABEL.fullmatch(text):
        raise LabelRefused("an audit label holds at most 100 ASCII letters, digits and '_.:=, -'")
    return text
