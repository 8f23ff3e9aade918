"""第6条: data keys, kept apart from the records they open, the append-only audit, rate counters."""

from django.conf import settings
from django.db import models

from safeguards.choices import Event


class RecordKey(models.Model):
    """One record's data key, wrapped; destroying the row makes every copy of the envelope unreadable."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=50)
    record_id = models.UUIDField()
    kek_id = models.CharField(max_length=50)
    wrapped = models.BinaryField()
    # The keyed HMAC of the record's e-mail address lives and dies with the key.
    lookup = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["record_id", "kind"], name="recordkey_of_record"),
            models.Index(fields=["kind", "lookup"], name="recordkey_lookup"),
        )

    def __str__(self) -> str:
        return str(self.id)


class AuditEntry(models.Model):
    """Who did what to which record. Written by `services.audit.record` alone; a trigger refuses changes."""

    at = models.DateTimeField("日時", db_index=True)
    event = models.CharField("できごと", max_length=50, choices=Event)
    # PROTECT: an account with entries is deactivated, never deleted (Django's own admin log cascades).
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # `auditentry_by_actor` does for both
    )
    subject_kind = models.CharField("対象の種類", max_length=50, blank=True)
    subject_id = models.UUIDField("対象の番号", null=True, db_index=True)
    label = models.CharField("補足", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "監査記録"
        ordering = ("-id",)
        indexes = (
            # The list, newest first, by each of its filters: the rare event among a million is found at once.
            models.Index(fields=["event", "-id"], name="auditentry_by_event"),
            models.Index(fields=["actor", "-id"], name="auditentry_by_actor"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(event__in=Event.values), name="auditentry_event_known"),
        )

    def __str__(self) -> str:
        return f"監査記録 {self.pk}"


class RateCount(models.Model):
    """How often one sender did one thing within a window of time. Written by `services.rates.hit` alone."""

    starts_at = models.DateTimeField()
    # An HMAC under the day's salt: tells nobody which address it was, and links no two days.
    key = models.BinaryField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = (
            # The hour first, since whole hours are forgotten.
            models.UniqueConstraint(fields=["starts_at", "key"], name="ratecount_one_a_window"),
        )

    def __str__(self) -> str:
        return str(self.pk)
