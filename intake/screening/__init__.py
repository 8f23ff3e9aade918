"""2-1: the free-text screen — what in a text looks as if it told of one person, before it is sent.

Pure: no Django, no clock, nothing stored and nothing logged. `screen()` may be called from any thread.
"""

from intake.screening.digest import rules_digest
from intake.screening.findings import Finding, Kind
from intake.screening.screen import screen, warm_up

__all__ = ["Finding", "Kind", "rules_digest", "screen", "warm_up"]
