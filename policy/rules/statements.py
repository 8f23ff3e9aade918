"""Does the text say what the facts promise? Names everything on which the two disagree.

Findings are English paths into the facts, never the values: messages reach logs.
"""

import re
import unicodedata
from datetime import date

from policy.rules.facts import Facts
from policy.rules.text import articles

_KEY = re.compile(r"[（(]\s*`?([A-Za-z][A-Za-z0-9]*)`?\s*[）)]")
_ITEM = re.compile(r"^\s*(?:\d+[.)]|[-*+])\s+(.+?)\s*$", re.MULTILINE)
_REMARK = re.compile(r"(?<=.)\([^()]*\)$")
_YEN = re.compile(r"(\d[\d,]*)円")
_FREE_OF_CHARGE = re.compile(r"無料|無償|いただきません|かかりません|徴収しません|(?<![\d,])0円")


def disagreements(facts: Facts, text: str) -> tuple[str, ...]:
    """Facts that the text does not state, and what it states beyond them."""
    body = {article.number: article.body for article in articles(text)}
    return (
        *_unstated_anywhere(facts, text),
        *_purposes(facts, body.get("3", "")),
        *_form(facts, body.get("2-1", "")),
        *_requests(facts, body.get("8", "")),
        *_retention(facts, body.get("9", "")),
        *(
            f"article 6 does not name safeguards[{index}].kind"
            for index, group in enumerate(facts.safeguards)
            if _fold(group.kind) not in _fold(body.get("6", ""))
        ),
    )


def _fold(text: str) -> str:
    """Width and white space aside: 「９０日」 is 「90日」, 「宮部 大輔」 is 「宮部　大輔」."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _states(text: str, value: str) -> bool:
    """Whether `value` stands in `text`, and not as the tail or head of a longer number."""
    return re.search(rf"(?<![\d,]){re.escape(_fold(value))}(?!\d)", _fold(text)) is not None


def _unstated_anywhere(facts: Facts, text: str) -> list[str]:
    values = {"title": facts.title, "effective_on": _japanese_date(facts.effective_on)}
    values |= {f"controller.{name}": value for name, value in vars(facts.controller).items()}
    values |= {f"complaints.{name}": value for name, value in vars(facts.complaints).items()}
    values["certified_body"] = facts.certified_body
    return [
        f"the text does not state {path}"
        for path, value in values.items()
        if value and not _states(text, value)
    ]


def _japanese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _purposes(facts: Facts, body: str) -> list[str]:
    listed = [_fold(item) for item in _ITEM.findall(body)]
    if len(listed) != len(facts.purposes):
        return [f"article 3 lists {len(listed)} purposes, the facts {len(facts.purposes)}"]
    pairs = enumerate(zip(facts.purposes, listed, strict=True))
    return [
        f"article 3 does not state purposes[{index}]" for index, (ours, item) in pairs if _fold(ours) != item
    ]


def _form(facts: Facts, body: str) -> list[str]:
    stated = _KEY.findall(body)
    faults = [f"article 2-1 does not state form key {key}" for key in facts.form_keys if key not in stated]
    faults += [
        f"article 2-1 states {key}, which the facts do not" for key in stated if key not in facts.form_keys
    ]
    if not faults and stated != list(facts.form_keys):
        faults.append("article 2-1 states the form keys in another order than the facts")
    # The policy names the subject; a remark that closes a label, as （対面とオンライン）, is the form's own.
    subjects = {field.key: _REMARK.sub("", _fold(field.label)) for field in facts.form}
    unlabelled = [key for key, subject in subjects.items() if subject not in _fold(body)]
    return faults + [f"article 2-1 does not state the label of {key}" for key in unlabelled]


def _requests(facts: Facts, body: str) -> list[str]:
    said = _fold(body)
    faults = [
        f"article 8 does not name request kind {kind.key}"
        for kind in facts.request_kinds
        if _fold(kind.label) not in said
    ]
    fees = {kind.fee_yen for kind in facts.request_kinds}
    amounts = {int(amount.replace(",", "")) for amount in _YEN.findall(said)}
    faults += [f"article 8 does not state the fee of {fee} yen" for fee in sorted(fees - amounts - {0})]
    faults += [
        f"article 8 states {amount} yen, which the facts do not" for amount in sorted(amounts - fees - {0})
    ]
    if fees and not facts.charges_fees and not _FREE_OF_CHARGE.search(said):
        faults.append("article 8 does not say that no fee is charged")
    return faults


def _retention(facts: Facts, body: str) -> list[str]:
    faults = []
    if not _states(body, f"{facts.retention.consultation.years}年"):
        faults.append("article 9 does not state retention.consultation.years")
    if not _states(body, f"{facts.retention.entrusted.days}日"):
        faults.append("article 9 does not state retention.entrusted.days")
    if not _states(body, f"{facts.retention.technical.days}日"):
        faults.append("article 9 does not state retention.technical.days")
    return faults
