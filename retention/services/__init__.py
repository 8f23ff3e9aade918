"""第9条: what keeps the periods. `periods` says whose has ended; nothing else decides it.
`holds` keep single records beyond."""

from retention.services.periods import Ending, ending

__all__ = ["Ending", "ending"]
