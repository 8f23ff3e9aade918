"""第9条: what keeps the periods. `periods` says whose has ended; nothing else decides it.

`purge` erases them, once at a time by its `lock` and by the database's `clock`, with `chores` beside it; `runs` keeps
what it did, `residue` looks for what is left, `certificate` tells of it and `heartbeat` whether it is alive. `holds`
keep single records beyond. After a restore, `restored` knows and `replay` erases again.

`places` is the register of where else the data may lie, and `checking` what was looked after there. `entrusted` keeps
customers' data after a contract, by `due_data`; `versions` sees to it that nobody overwrites unseen in either register.
"""

from retention.services.periods import Ending, ending

__all__ = ["Ending", "ending"]
