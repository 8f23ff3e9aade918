"""第6条 (アクセス制御): staff's sign-in and the pages of their own account."""

from safeguards.views.account import account, codes, new_app, new_codes, password
from safeguards.views.first import set_up, welcome
from safeguards.views.sign_in import code, recovery, sign_in, sign_out

__all__ = [
    "account",
    "code",
    "codes",
    "new_app",
    "new_codes",
    "password",
    "recovery",
    "set_up",
    "sign_in",
    "sign_out",
    "welcome",
]
