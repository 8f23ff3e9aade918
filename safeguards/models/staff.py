"""第6条 (アクセス制御): staff's accounts as the access review shows them, and their second factors."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Staff(User):
    """An account, as the review of access rights shows it."""

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = "職員", "職員とアクセス権"
        default_permissions = ("view",)
        permissions = (("reset_factor", "2段階認証を再設定できる"),)


class Factor(models.Model):
    """An account's second factor. Written by `services.factors` alone.

    The envelope holds the account's number beside secret and recovery codes, so that a row moved to another
    account does not open anything.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factors")
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    # Without it the factor is being set up: it was shown, but no code has come yet.
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(
        null=True
    )  # the half minute of the last accepted code: none passes twice
    codes_used = ArrayField(
        models.PositiveSmallIntegerField(), default=list
    )  # by place; the codes are sealed
    # Until the person says that they are noted down, the recovery codes can be shown.
    codes_noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(confirmed_at=None), name="factor_one_in_set_up"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=~models.Q(confirmed_at=None), name="factor_one_confirmed"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


FACTOR = Factor._meta.label_lower  # what envelopes and keys call it
