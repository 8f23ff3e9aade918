"""第9条: what keeps the periods. `periods` says whose has ended; nothing else decides it.

`places` is the register of where else the data may lie, and `checking` what was looked after there. `entrusted` keeps
customers' data after a contract, by `due_data`; `versions` sees to it that nobody overwrites unseen in either register.
"""

from retention.services.periods import Ending, ending

__all__ = ["Ending", "ending"]
