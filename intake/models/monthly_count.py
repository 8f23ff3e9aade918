"""3-5: what stays of erased consultations: how many of a month gave an answer. No company, no text, no person."""

from django.db import models
from django.db.models import Q


class MonthlyCount(models.Model):
    """Of the consultations of one month that the purge has erased, how many chose this answer.

    `question` is a field of the form, or "" for the number of consultations themselves (with `answer` ""). An
    unanswered question counts under the answer "".
    """

    month = models.DateField()  # its first day
    question = models.CharField(max_length=30, blank=True)
    answer = models.CharField(max_length=30, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["month", "question", "answer"], name="monthlycount_one_an_answer"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="monthlycount_month_begins"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.question} {self.answer}: {self.number}"
