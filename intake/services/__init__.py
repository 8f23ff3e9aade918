"""2-1: what happens to a consultation.

`submission` stores it, `mail` sends its `letters` and `mail_state` says what became of them, `reading` opens it for
staff. `triage`, `contacts` and `correction` are what staff do, one at a time by `locking`; `changes` and `history` tell
of it. `selection` says which are meant by a word, for `search`, `today`, `export` and the list; `statistics` counts.
`technical` keeps and forgets the connection. `erasure` is how one goes: `services.erase`.
"""

from intake.services.erasure import erase

__all__ = ["erase"]
