"""第6条 (ログ管理): the audit's labels in words; the log itself holds ids and counts alone."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format

from intake.services import history
from safeguards.services import staff
from safeguards.services.audit import Event
from safeguards.services.erasures import ErasureBasis
from safeguards.services.holds import HoldBasis

_STAFF = {
    Event.STAFF_CREATED,
    Event.STAFF_ROLE_CHANGED,
    Event.STAFF_SIGNED_IN,
    Event.STAFF_SIGN_IN_FAILED,
    Event.STAFF_PASSWORD_SET,
    Event.STAFF_FACTOR_ADDED,
    Event.STAFF_FACTOR_REMOVED,
    Event.STAFF_RECOVERY_CODES_MADE,
    Event.STAFF_RECOVERY_CODE_USED,
    Event.STAFF_FACTOR_RESET,
    Event.STAFF_LEFT,
}
_RETENTION = {
    Event.CONSULTATIONS_ERASED,
    Event.HOLD_PLACED,
    Event.HOLD_OPENED,
    Event.HOLD_PROLONGED,
    Event.HOLD_RELEASED,
}
_BASES = {each.value: str(each.label) for kind in (HoldBasis, ErasureBasis) for each in kind}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What the services of staff's accounts write behind the account.
_WORDS = (
    (re.compile(r"\bthrottled\b"), "回数の制限"),
    (re.compile(r"\bpassword\b"), "パスワードの誤り"),
    (re.compile(r"\brecovery code\b"), "回復コードの誤り"),
    (re.compile(r"\bcode\b"), "確認コードの誤り"),
    (re.compile(r"\btaken away\b"), "取り消し"),
    (re.compile(r"\breception\b"), "受付"),
    (re.compile(r"\bprivacy_officer\b"), "個人情報管理者"),
    (re.compile(r"\bviewer\b"), "閲覧"),
    (re.compile(r"\b(\d+) left\b"), r"残り\1個"),
    (re.compile(r"\b(\d+) handed on\b"), r"引き継ぎ\1件"),
    (re.compile(r"\bgroups (\d+)\b"), r"役割\1つ"),
    (re.compile(r"\bextra (\d+)\b"), r"個別の権限\1件"),
    (re.compile(r"\bsuperuser 0\b"), "管理者の権限なし"),
    (re.compile(r"\bsuperuser 1\b"), "管理者の権限あり"),
    (re.compile(r"\bactive 0\b"), "停止中"),
    (re.compile(r"\bactive 1\b"), "有効"),
)
_REPLAYED = re.compile(r"named=(\d+), erased=(\d+), keys=(\d+)")


def of(event: str, label: str, *, names: Callable[[], Mapping[int, str]]) -> str:
    """The label for people; `names` gives the accounts' names, and is asked only where the label has an account."""
    if not label:
        return ""
    if event in _STAFF:
        for pattern, words in _WORDS:
            label = pattern.sub(words, label)
        label = label.replace(", ", "、")
    elif replayed := _REPLAYED.fullmatch(label):
        label = replayed.expand(r"台帳\1件、再消去\2件、鍵\3個")
    elif event == Event.ERASURES_EXPORTED and label.isdigit():
        label = f"{int(label):,}件"
    elif event in _RETENTION:
        between = " → " if event == Event.HOLD_PROLONGED else "、"
        label = between.join(_retention(part) for part in label.split(", "))
    else:
        label = history.in_words(Event(event), label)
    return staff.with_names(label, names)


def _retention(part: str) -> str:
    """A basis, a day, or how many, as the services of holds and erasures write it."""
    if _DAY.fullmatch(part):
        return date_format(date.fromisoformat(part))
    return f"{int(part):,}件" if part.isdigit() else _BASES.get(part, part)
