"""第9条: one contact with a prospect, an entry of the ledger that sets the clock."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from intake.choices import ContactKind, VoidReason
from intake.models.consultation import Consultation


class Contact(models.Model):
    """What was said or sent on a day. Never changed: a mistake is voided, with a reason, and recorded anew."""

    id = models.UUIDField(primary_key=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField("種類", max_length=20, choices=ContactKind)
    on = models.DateField("日付")
    # Under the consultation's key, bound to this entry: it dies with the consultation.
    note = models.BinaryField("封をしたメモ", null=True)
    recorded_at = models.DateTimeField("記録日時")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="記録した人", on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField("取消日時", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="取り消した人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    void_reason = models.CharField("取消しの理由", max_length=20, blank=True, choices=VoidReason)

    class Meta:
        verbose_name = verbose_name_plural = "やり取り"
        ordering = ("-on", "-recorded_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_known"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False, void_reason__in=VoidReason.values),
                name="contact_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
