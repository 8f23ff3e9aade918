"""The pictures in docs/運用手引き.md: which page each shows, and who looks at it."""

from dataclasses import dataclass

from casetra.demo import prospects

SEED, CONSULTATIONS = 1, 60
LIST = "/admin/intake/consultation/"
_SHOWN = prospects.identifier(SEED, "records", 5)  # met, due today, with contacts and free texts


@dataclass(frozen=True)
class Shot:
    """`docs/images/<name>.png`: the page at `path`, its first `height` pixels, as `user` (or nobody) sees it."""

    name: str
    path: str
    user: str = "demo-kanri"
    height: int = 800


SHOTS = (
    Shot("sign-in", "/admin/login/", user="", height=420),
    Shot("list", LIST),
    Shot("consultation", f"{LIST}{_SHOWN}/change/", height=1100),
    Shot("audit", "/admin/safeguards/auditentry/"),
)
