"""The closed list of events that the audit knows."""

from django.db import models


class Event(models.TextChoices):
    """What happened, in the past tense. A name is never parsed and never reused with another meaning."""

    CONSULTATION_SUBMITTED = "consultation.submitted", "無料相談の受付"
    CONSULTATION_OPENED = "consultation.opened", "無料相談の個人情報の閲覧"
    KEYS_ROTATED = "keys.rotated", "鍵の更新"
