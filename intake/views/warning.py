"""2-1: what looks personal in the free texts of a form, and what the person says and does about it: never a block."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from intake.choices import FREE_TEXTS
from intake.forms import HearingForm, words
from intake.services import free_texts
from intake.services.free_texts import Finding, Findings
from intake.views import marks
from intake.views.marks import Box

TICK, CONFIRMED = "not_personal", "confirmed"  # the check page's tick; what every page carries of given ones
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REMEMBERED = 30  # ticked texts that a page carries at most; a person ticks one to three


@dataclass(frozen=True)
class Screened:
    """What the screen finds in a form, and what the person has said of it already.

    After a mask `before` is what the page showed, in which so much of the boxes `chosen` was replaced.
    """

    form: HearingForm
    posted: QueryDict
    before: "Screened | None" = None
    chosen: Mapping[str, list[Finding]] = field(default_factory=dict)

    @cached_property
    def findings(self) -> Findings:
        """What is found, as the services know it; screened once a request."""
        answers = self.form.answers()
        return free_texts.find(answers.personal, company=answers.company_name)

    @property
    def found(self) -> Mapping[str, list[Finding]]:
        """The same by key, in the form's order; nothing in a form that is not in order."""
        if not self.form.is_valid():
            return {}
        return {each.key: self.findings[each.field] for each in FREE_TEXTS if each.field in self.findings}

    @cached_property
    def confirmed(self) -> list[str]:
        """Keyed digests of the texts that were ticked, here or earlier: a tick stays with its text.

        It speaks for the marks that the page showed with it, not for what is found only after a mask.
        """
        if self.before:
            digests = [*self.before.confirmed, *map(self._digest, filter(self._was_ticked, self.chosen))]
        else:
            digests = [each for each in self.posted.getlist(CONFIRMED) if _DIGEST.fullmatch(each)]
            digests += map(self._digest, self.found) if self.posted.get(TICK) == "on" else []
        return list(dict.fromkeys(digests))[-_REMEMBERED:]

    @property
    def unconfirmed(self) -> list[str]:
        """The keys of the boxes with findings of which the person has not said that they are nobody's."""
        return [key for key in self.found if self._digest(key) not in self.confirmed]

    @property
    def confirmed_elsewhere(self) -> list[str]:
        """What stands beside the tick: the tick itself speaks for the texts that the page shows."""
        shown = set(map(self._digest, self.found))
        return [each for each in self.confirmed if each not in shown]

    def summary(self) -> list[str]:
        """How many findings of which kind have not been ticked yet."""
        unticked = Counter(finding.kind for key in self.unconfirmed for finding in self.found[key])
        return [f"{line}あります" for line in words.counted(unticked)]

    def boxes(self) -> dict[str, Box]:
        """Every box with findings, or in which something was just masked; marks are numbered through the page."""
        boxes: dict[str, Box] = {}
        for question in FREE_TEXTS:
            if question.key in self.found or question.key in self.chosen:
                boxes[question.key] = marks.box(
                    question,
                    self._text(question.key),
                    self.found.get(question.key, []),
                    masked=len(self.chosen.get(question.key, [])),
                    above=list(boxes.values()),
                )
        return boxes

    def asked_for(self, what: Sequence[str]) -> Mapping[str, list[Finding]]:
        """What a button means: boxes, or a place in one, which stands for every place of the same word there.

        Nothing where one of them has, or is, no finding now.
        """
        if what and all(key in self.found for key in what):
            return {key: self.found[key] for key in what}
        key, *place = what or [""]
        named = [each for each in self.found.get(key, []) if place == [str(each.start), str(each.end)]]
        if not named:
            return {}
        text, word = self._text(key), self._text(key)[named[0].start : named[0].end]
        return {key: [each for each in self.found[key] if text[each.start : each.end] == word]}

    def masked(self, chosen: Mapping[str, list[Finding]]) -> "Screened":
        """The form with these findings replaced, and everything else as it was typed."""
        data = self.posted.copy()
        for key, findings in chosen.items():
            data[key] = free_texts.masked(self._text(key), findings)
        return Screened(HearingForm(data), self.posted, self, chosen)

    def _was_ticked(self, key: str) -> bool:
        """Whether the box was ticked before the mask, and all that is found in it now had its mark then."""
        if self.before is None or key not in self.found or key in self.before.unconfirmed:
            return False
        stayed = free_texts.left(self.before.found[key], masked=self.chosen[key])
        marked = {place for each in stayed for place in range(each.start, each.end)}
        return all(marked.issuperset(range(each.start, each.end)) for each in self.found[key])

    def _text(self, key: str) -> str:
        return str(self.form.cleaned_data[key])

    def _digest(self, key: str) -> str:
        return salted_hmac("intake.confirmed", self._text(key), algorithm="sha256").hexdigest()
