"""第9条: the runs of the purge, from which their certificates are written. No personal data."""

from django.db import models
from django.db.models import Q

from retention.choices import Counted, Outcome


class PurgeRun(models.Model):
    """One run. Written by `services.runs` alone; its counts grow in the transactions that erase."""

    id = models.UUIDField(primary_key=True)
    as_of = models.DateField("基準日")
    edition = models.DateField("ポリシーの版")
    years = models.PositiveSmallIntegerField("保存期間（年）")
    cutoff = models.DateField("最終接触日の境（この日までを消去）")
    started_at = models.DateTimeField("開始")
    finished_at = models.DateTimeField("終了", null=True)
    outcome = models.CharField("結果", max_length=20, choices=Outcome, default=Outcome.RUNNING)
    version = models.CharField("ソフトウェアの版", max_length=30)
    due = models.PositiveIntegerField("消去の対象")
    # Due at the end of the run all the same: {basis: records} that are held, and how many are not, since somebody had
    # them locked just then or the run did not come to its end.
    held = models.JSONField("保留中", default=dict)
    remaining = models.PositiveIntegerField("まだ消去していないもの", default=0)
    # Where ids of erased records still stand: [{"table", "column", "rows", "id_only"}]; null until it was looked.
    residue = models.JSONField("消し残しの確認", null=True)
    # From which days on no backup can hold the rows, and the keys; null where nothing was erased.
    rows_gone_on = models.DateField("バックアップからも消える日（記録）", null=True)
    keys_gone_on = models.DateField("バックアップからも消える日（鍵）", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "消去の実行"
        ordering = ("-started_at", "id")
        default_permissions = ("view",)
        indexes = (models.Index(fields=["-started_at", "id"], name="purgerun_latest"),)
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="purgerun_outcome_known"),
        )

    def __str__(self) -> str:
        return str(self.id)


class PurgeCount(models.Model):
    """How many of one kind a run has erased so far."""

    run = models.ForeignKey(PurgeRun, on_delete=models.PROTECT, related_name="counts")
    what = models.CharField(max_length=20, choices=Counted)
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["run", "what"], name="purgecount_one_a_kind"),
            models.CheckConstraint(condition=Q(what__in=Counted.values), name="purgecount_what_known"),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.number}"
