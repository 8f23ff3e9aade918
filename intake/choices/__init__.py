"""2-1: the questions of the hearing form and their options, in the policy's order; and what staff say later."""

from intake.choices.desk import (
    STATUS_OR_UNFINISHED,
    UNFINISHED,
    ContactKind,
    MailProblem,
    MailState,
    NextAction,
    Status,
    VoidReason,
)
from intake.choices.questions import QUESTIONS, STEPS, Kind, Question, Step

__all__ = [
    "QUESTIONS",
    "STATUS_OR_UNFINISHED",
    "STEPS",
    "UNFINISHED",
    "ContactKind",
    "Kind",
    "MailProblem",
    "MailState",
    "NextAction",
    "Question",
    "Status",
    "Step",
    "VoidReason",
]
