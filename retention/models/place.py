"""第9条: the register of places outside this system where the same data may lie, and what was looked after there."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from retention.models.run import PurgeRun


class Place(models.Model):
    """A place that staff know: mailbox, calendar, printed sheets. Written by `services.places` alone."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField("場所", max_length=50, unique=True)
    what_to_do = models.CharField("すること", max_length=200)
    order = models.PositiveSmallIntegerField("並び順", default=0)
    in_use = models.BooleanField("使用中", default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ほかの保存場所"
        verbose_name_plural = "ほかの場所の確認"  # what the menu and its page are called
        ordering = ("order", "name")
        default_permissions = ("view",)
        permissions = (
            ("check_place", "ほかの保存場所を確かめ、記録できる"),
            ("keep_places", "ほかの保存場所の一覧を改められる"),
        )

    def __str__(self) -> str:
        return self.name


class PlaceCheck(models.Model):
    """Somebody has erased one record in one place. It goes with the record, into the run's count of those unticked."""

    record_id = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["record_id", "place"], name="placecheck_one_a_place"),)

    def __str__(self) -> str:
        return str(self.pk)


class PurgePlace(models.Model):
    """In how many erased records of a run nobody had ticked the place."""

    run = models.ForeignKey(PurgeRun, on_delete=models.PROTECT, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    unticked = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["run", "place"], name="purgeplace_one_a_place"),)

    def __str__(self) -> str:
        return f"{self.place_id}: {self.unticked}"
