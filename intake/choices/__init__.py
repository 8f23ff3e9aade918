"""2-1: the questions of the hearing form and their options, in the policy's order."""

from intake.choices.options import Status
from intake.choices.questions import QUESTIONS, STEPS, Kind, Question, Step

__all__ = ["QUESTIONS", "STEPS", "Kind", "Question", "Status", "Step"]
