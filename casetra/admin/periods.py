"""第9条 on the home: whose period ends, what is held, whether the purge is alive."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casetra.admin.lines import Line, Notice, consultations, counted
from intake.services import today
from intake.services.today import Period
from policy import services as policy
from retention import services as retention
from retention.services import heartbeat, holds
from retention.services.heartbeat import Heartbeat

EXPIRES_SOON_DAYS = 60


def pulse(at: datetime) -> Heartbeat | None:
    """The purge's; None where no edition says what is due, of which the start-up checks tell."""
    try:
        return heartbeat.of(at=at)
    except (heartbeat.NoEdition, heartbeat.EditionsUnreadable):
        return None


def said(pulse: Heartbeat | None) -> str:
    """When a run last ended, and how old the oldest overdue record is."""
    if pulse is None:
        return ""
    last_at = pulse.last_run_at
    last = date_format(timezone.localtime(last_at), "n月j日 H:i") if last_at else "まだありません"
    overdue = f"いちばん古いもので{pulse.overdue_days}日" if pulse.overdue_days else "ありません"
    return f"最後に終わった消去：{last}。消去の期限を過ぎた記録：{overdue}。"


def notices(pulse: Heartbeat | None) -> list[Notice]:
    """That the purge is silent, or that it leaves records."""
    if pulse is None or pulse.is_well:
        return []
    if pulse.is_overdue:
        what = f"消去の期限を{pulse.overdue_days}日過ぎた記録があります。"
    elif pulse.is_silent and pulse.last_run_at:
        what = f"消去の処理が、{settings.PURGE_ALERT_DAYS}日以上終わっていません。"
    elif pulse.has_leftover:
        where = "「消去の実行」の証明書にある場所を、運用の担当者に知らせてください。"
        until = "なくなるまで、毎日の消去のたびに確かめます。"
        return [Notice("消去した記録の消し残しがあります。", where + until)]
    else:
        what = "消去の処理が、まだ一度も終わっていません。"
    why = "毎日動くはずの処理（purge_expired）が止まっているかもしれません。運用の担当者に知らせてください。"
    return [Notice(what, why)]


def lines(user: User, on: date) -> list[Line]:
    """What ends, has ended, and is held."""
    return [*_endings(on), *_holds(user, on)]


def _endings(on: date) -> list[Line]:
    try:
        endings = retention.ending(as_of=on, within_days=EXPIRES_SOON_DAYS)
    except (policy.NoEdition, policy.EditionsUnreadable):
        return []  # nothing was promised that could be told; the start-up checks say why
    return [line for each in endings for line in _ending(each)]


def _ending(ending: retention.Ending) -> list[Line]:
    under = f"（{date_format(ending.edition)}の版に同意した方）" if ending.edition else ""
    edition = {"edition": ending.edition.isoformat()} if ending.edition else {}
    past = Period(None, ending.first - timedelta(days=1))
    soon = Period(ending.first, ending.last)
    return [
        Line(
            f"{EXPIRES_SOON_DAYS}日以内に保存期間が終わる相談{under}",
            today.last_contacts(soon, edition=ending.edition),
            consultations(last_contact_from=soon.first, last_contact_to=soon.last, **edition),
            f"最後のやり取りから{ending.years}年で終わります。続けてご連絡する方がいないか、確かめてください。",
        ),
        Line(
            f"保存期間の終わった相談{under}",
            today.last_contacts(past, edition=ending.edition),
            consultations(last_contact_to=past.last, **edition),
            f"最後のやり取りから{ending.years}年が過ぎています。毎日の消去で消えます（消去を保留しているものは残ります）。",
        ),
    ]


def _holds(user: User, on: date) -> list[Line]:
    """第9条 (法令対応等): for those who may see legal holds."""
    if not user.has_perm("retention.view_legalhold"):
        return []
    return [
        Line(
            "見直し日を過ぎた消去の保留",
            counted(holds.past_review(on)),
            f"{reverse('admin:retention_legalhold_changelist')}?state={holds.HoldState.PAST}",
            "保留が要るかを確かめて、見直す日を改めるか、解除してください。",
            presses=True,
        )
    ]
