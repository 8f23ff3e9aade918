"""2-1: the questions of the hearing form and their options, in the policy's order; and what staff say later."""

from intake.choices.desk import (
    STATUS_OR_UNFINISHED,
    UNFINISHED,
    ContactKind,
    MailProblem,
    MailState,
    NextAction,
    Review,
    ReviewDue,
    Status,
    VoidReason,
)
from intake.choices.questions import FREE_TEXTS, QUESTIONS, STEPS, Kind, Question, Step

__all__ = [
    "FREE_TEXTS",
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
    "Review",
    "ReviewDue",
    "Status",
    "Step",
    "VoidReason",
]
