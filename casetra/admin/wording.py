"""第6条 (ログ管理): the audit's labels in words; the log itself holds ids and counts alone."""

import re
from collections.abc import Callable, Mapping

from intake.services import history
from retention.services import history as kept
from safeguards.services import staff
from safeguards.services.audit import Event

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


def of(event: str, label: str, *, names: Callable[[], Mapping[int, str]]) -> str:
    """The label for people; `names` gives the accounts' names, and is asked only where the label has an account."""
    if not label:
        return ""
    if event in _STAFF:
        for pattern, words in _WORDS:
            label = pattern.sub(words, label)
        label = label.replace(", ", "、")
    elif event in kept.EVENTS:
        label = kept.in_words(Event(event), label)
    else:
        label = history.in_words(Event(event), label)
    return staff.with_names(label, names)
