"""「今日の対応」: what the apps say is to be done, each as a counted link to the list of just these records."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from casetra.admin import periods
from casetra.admin.lines import Group, Line, Notice, consultations
from intake.services import mail, today
from intake.services.today import Cause
from retention.services.heartbeat import Heartbeat
from safeguards.services import staff


def groups(user: AbstractBaseUser | AnonymousUser, *, at: datetime, pulse: Heartbeat | None) -> list[Group]:
    """What this account may see of it; nothing for one that may not see consultations.

    An account that cannot act on them is told the numbers, and not what to do.
    """
    if not isinstance(user, User) or not user.has_perm("intake.view_consultation"):
        return []
    found = [
        Group("対応", _handling(user, at)),
        Group("自由記載（2-1）", _texts(user, at)),
        Group("メール", _mail(user, at)),
        Group("保存期間（第9条）", periods.lines(user, timezone.localdate(at)), periods.said(pulse)),
    ]
    if user.has_perm("intake.triage"):
        return [Group("あなたの担当", _own(user, at)), *found]
    return [replace(group, lines=_numbers(group.lines)) for group in found]


def notices(user: AbstractBaseUser | AnonymousUser, *, at: datetime, pulse: Heartbeat | None) -> list[Notice]:
    """第6条: an account for setting up is not for everyday work; 第9条: the purge is silent, or leaves records."""
    found = _set_up_accounts(at)
    if isinstance(user, User) and user.has_perm("intake.triage"):
        found += periods.notices(pulse)
    return found


def _set_up_accounts(at: datetime) -> list[Notice]:
    return [
        Notice(
            f"準備用の管理者「{each.username}」が日々使われています。",
            f"この7日間に{each.days}日、サインインがありました。すべての権限を持つアカウントです。"
            "日々の対応には、役割を付けたアカウントを使ってください。",
        )
        for each in staff.superusers_in_daily_use(at=at)
    ]


def _numbers(lines: list[Line]) -> list[Line]:
    """Without what to do: for who cannot do it."""
    return [replace(line, why="", presses=False) for line in lines]


def _own(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "今日までに対応する、あなたの相談",
            today.waiting(Cause.MY_NEXT_ACTION, by=user, at=at),
            consultations(assignee="me", next_action="due"),
            "「次の対応日」が今日か、過ぎています。",
            presses=True,
        ),
        Line(
            "あなたが担当する、未完了の相談",
            today.waiting(Cause.MINE, by=user, at=at),
            consultations(assignee="me", status="open"),
            "次に何をするかを決め、「次の対応日」を入れておくと、その日にここへ出ます。",
        ),
    ]


def _handling(user: User, at: datetime) -> list[Line]:
    quiet_since = today.quiet_since(timezone.localdate(at)).isoformat()
    return [
        Line(
            "担当者の決まっていない、新しい相談",
            today.waiting(Cause.UNASSIGNED, by=user, at=at),
            consultations(status="new", assignee="none"),
            f"{settings.REPLY_BUSINESS_DAYS}営業日以内にご連絡するとお約束しています。担当者を決めてください。",
            presses=True,
        ),
        Line(
            "次の対応日が今日までの相談（全員）",
            today.waiting(Cause.NEXT_ACTION, by=user, at=at),
            consultations(next_action="due"),
            "担当者を問わず、今日が対応日のものと、対応日を過ぎたものです。",
        ),
        Line(
            f"{settings.DESK_QUIET_DAYS}日以上やり取りのない、未完了の相談",
            today.waiting(Cause.QUIET, by=user, at=at),
            consultations(status="open", last_contact_to=quiet_since),
            "止まっていないかを確かめてください。終わったものは、状態を改めるとここから消えます。",
        ),
    ]


def _texts(user: User, at: datetime) -> list[Line]:
    lines = [
        Line(
            "自由記載が要確認の相談",
            today.waiting(Cause.REVIEW, by=user, at=at),
            consultations(review="due"),
            "個人の情報のように見える箇所を、伏せて表示しています。相談のページで確かめて、伏せ字にするか、"
            "問題なしとしてください。",
        ),
        Line(
            f"自由記載が{settings.REVIEW_DAYS}日以上、要確認のままの相談",
            today.waiting(Cause.REVIEW_LATE, by=user, at=at),
            consultations(review="late"),
            "従業員の方の情報を、必要なく持ち続けているかもしれません。早めに確かめてください。",
            presses=True,
        ),
    ]
    return lines if user.has_perm("intake.review_texts") else _numbers(lines)


def _mail(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "受付メールをまだ送れていない相談",
            today.waiting(Cause.MAIL_WAITING, by=user, at=at),
            consultations(mail="waiting"),
            "自動で送り直しています。減らないときは、運用の担当者に知らせてください。",
        ),
        Line(
            "受付メールを送れなかった、新規の相談",
            today.waiting(Cause.MAIL_GIVEN_UP, by=user, at=at),
            consultations(mail="given_up", status="new"),
            f"{mail.DUE_FOR.days}日のあいだ送れず、自動ではもう送りません。直接ご連絡し、状態を「対応中」にしてください。",
            presses=True,
        ),
        Line(
            "メールの届かない、未完了の相談",
            today.waiting(Cause.MAIL_UNDELIVERED, by=user, at=at),
            consultations(mail="undelivered", status="open"),
            "アドレスの打ち間違いかもしれません。正しいアドレスが分かったら、相談のページで訂正してください。",
            presses=True,
        ),
    ]
