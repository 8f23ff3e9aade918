"""2-1: what happens to a consultation.

`submission` stores it, `mail` acknowledges it and `mail_state` says what became of that, `reading` opens it for staff,
`triage` and `contacts` keep the desk, `changes` tells what colleagues did meanwhile, `correction` mends the address,
`search` finds it, `technical` keeps and forgets its connection.
"""
