"""第9条 (second point): customers' data after a contract's end — what is held, where, and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from retention.choices import DataKind, Settlement


class EntrustedData(models.Model):
    """The data of one customer's contract. Written by `services.entrusted` alone; names companies, no persons.

    The day by which it is returned or deleted is the edition's days after the contract's end, derived, never stored.
    """

    id = models.UUIDField(primary_key=True)
    customer = models.CharField("顧客名", max_length=200)
    contract = models.CharField("契約番号など", max_length=100, blank=True)
    ended_on = models.DateField("契約の終了日", null=True, blank=True)  # null: the contract goes on
    kinds = ArrayField(models.CharField(max_length=20, choices=DataKind), verbose_name="データの種類")
    kept_in = models.CharField("保管場所", max_length=200)
    backup_until = models.DateField("バックアップに残る期限", null=True, blank=True)
    settlement = models.CharField("対応", max_length=30, choices=Settlement, blank=True)
    settled_on = models.DateField("対応した日", null=True, blank=True)
    evidence = models.CharField("証跡", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="対応を記録した人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField("登録日時")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "委託データ"
        ordering = ("ended_on", "customer", "id")
        default_permissions = ("view",)
        permissions = (("record_entrusteddata", "委託データの登録・対応の記録ができる"),)
        indexes = (
            models.Index(
                fields=["ended_on"],
                condition=Q(settled_on=None) & ~Q(ended_on=None),
                name="entrusteddata_unsettled",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kinds__contained_by=DataKind.values) & ~Q(kinds=[]),
                name="entrusteddata_kinds_known",
            ),
            models.CheckConstraint(
                condition=Q(settlement="", settled_on=None, settled_by=None, evidence="")
                | (
                    Q(settlement__in=Settlement.values, settled_on__isnull=False)
                    & Q(settled_by__isnull=False, ended_on__isnull=False)
                    & ~Q(evidence="")
                ),
                name="entrusteddata_settled_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None) | Q(settled_on__gte=F("ended_on")),
                name="entrusteddata_settled_after_the_end",
            ),
            # Backups taken on the last day on which the data were there hold them at least to that day.
            models.CheckConstraint(
                condition=Q(backup_until=None)
                | Q(backup_until__gte=F("ended_on"))
                & (Q(settled_on=None) | Q(backup_until__gte=F("settled_on"))),
                name="entrusteddata_backup_outlasts_the_data",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
