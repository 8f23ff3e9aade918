"""第9条: what keeps a record from erasure, and the ledger of what was erased. Both name records by their random ids."""

from django.db import models
from django.db.models import Q

from safeguards.choices import ErasureBasis, HoldBasis


class Hold(models.Model):
    """A reason to keep one record for now. Written by `services.holds` alone.

    A trigger of the record's own table refuses to delete it while a hold is open.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=50)
    record_id = models.UUIDField()
    basis = models.CharField("根拠", max_length=20, choices=HoldBasis)
    placed_at = models.DateTimeField("保留した日時")
    released_at = models.DateTimeField("解除した日時", null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["record_id", "basis", "kind"],
                condition=Q(released_at=None),
                name="hold_one_open_a_basis",
            ),
            models.CheckConstraint(condition=Q(basis__in=HoldBasis.values), name="hold_basis_known"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=models.F("placed_at")),
                name="hold_released_after_placed",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Erasure(models.Model):
    """One erased record: nothing of it but its random id. Written by `services.erasures` alone.

    It stays until no backup can hold the record any more, so that what a restored backup brings back goes again.
    """

    record_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=50)
    basis = models.CharField(max_length=20, choices=ErasureBasis)
    run = models.UUIDField(null=True)  # the purge's run; null where a person erased it
    erased_at = models.DateTimeField(db_index=True)
    # Null while keys are still to be destroyed: with a vault apart that comes after the deletion's commit.
    drained_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["run"], condition=~Q(run=None), name="erasure_by_run"),
            models.Index(fields=["erased_at"], condition=Q(drained_at=None), name="erasure_undrained"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(basis__in=ErasureBasis.values), name="erasure_basis_known"),
        )

    def __str__(self) -> str:
        return str(self.record_id)
