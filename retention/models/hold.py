"""第9条 (法令対応等): the legal hold, which keeps a consultation beyond its period."""

from django.conf import settings
from django.db import models

from safeguards.models import Hold


class LegalHold(models.Model):
    """Who holds a record, why, and when somebody looks at it again. Written by `services.holds` alone."""

    # The hold names record and basis, and says from when until when.
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, primary_key=True, related_name="legal")
    # The reason in words, in an envelope of its own that dies with the record's keys.
    reason = models.BinaryField("封をした理由")
    review_on = models.DateField("見直す日")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="保留した人", on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="解除した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = verbose_name_plural = "消去の保留"
        ordering = ("review_on", "hold_id")
        default_permissions = ("view",)
        permissions = (("place_legalhold", "消去を保留し、解除できる"),)

    def __str__(self) -> str:
        return str(self.hold_id)
