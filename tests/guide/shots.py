"""The pictures in docs/運用手引き.md: which page each shows, and who looks at it."""

from dataclasses import dataclass

from casetra.demo import prospects

SEED, CONSULTATIONS = 1, 60
LIST = "/admin/intake/consultation/"
NEWCOMER = "demo-shinjin"  # has just set a password
_FLAGGED = prospects.identifier(SEED, "records", 3)  # its free texts wait for the officer
_SHOWN = prospects.identifier(SEED, "records", 5)  # met, due today, with contacts and free texts


@dataclass(frozen=True)
class Shot:
    """`docs/images/<name>.png`: the page at `path`, its first `height` pixels, as `user` (or nobody) sees it.

    With `press`, the page that this button of it leads to.
    """

    name: str
    path: str
    user: str = "demo-kanri"
    height: int = 800
    press: str = ""


SHOTS = (
    Shot("sign-in", "/admin/login/", user="", height=640),
    Shot("second-factor", "/admin/login/app/", user=NEWCOMER, height=1420),
    Shot("today", "/admin/", height=1100),
    Shot("list", LIST),
    Shot("consultation", f"{LIST}{_SHOWN}/change/", height=1100),
    Shot("ledger", f"{LIST}{_SHOWN}/change/#ledger", height=1100),
    Shot("sheet", f"{LIST}{_SHOWN}/sheet/", height=1100),
    Shot("texts", f"{LIST}{_FLAGGED}/change/", height=1180, press="自由記載を表示する"),
    Shot("export", f"{LIST}export/"),
    Shot("statistics", f"{LIST}statistics/", height=1100),
    Shot("access-review", "/admin/safeguards/staff/"),
    Shot("audit", "/admin/safeguards/auditentry/"),
)
