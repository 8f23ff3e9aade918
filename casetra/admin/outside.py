"""「今日の対応」, 第9条: what is to be looked after outside this system, and customers' data that are due."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from casetra.admin.lines import Line, counted
from retention.services import checking, due_data, entrusted
from retention.services.due_data import EditionsUnreadable, NoEdition, Standing


def lines(user: User, *, at: datetime) -> list[Line]:
    """For those alone who may do something about it; none where no edition says what was promised."""
    on, found = timezone.localdate(at), []
    try:
        if user.has_perm("retention.check_place"):
            found += _places(on)
        if user.has_perm("retention.view_entrusteddata"):
            found += _entrusted(on)
    except (NoEdition, EditionsUnreadable):
        pass  # the start-up checks say why
    return found


def _places(on: date) -> list[Line]:
    return [
        Line(
            "ほかの場所の確認が終わっていない相談",
            counted(checking.unchecked(checking.to_check(as_of=on))),
            reverse("admin:retention_place_changelist"),
            f"保存期間が{checking.WITHIN_DAYS}日以内に終わるか、終わった相談です。メールや印刷物などにも残っていないかを"
            "確かめて、記録してください。",
        )
    ]


def _entrusted(on: date) -> list[Line]:
    return [
        Line(
            "返却・削除の期限を過ぎた委託データ",
            counted(entrusted.overdue(on)),
            _list(Standing.OVERDUE),
            f"契約の終了から{due_data.days(on)}日を過ぎても、返却・削除の記録がありません。急いで確かめてください。",
            presses=True,
        ),
        Line(
            f"{due_data.SOON_DAYS}日以内に返却・削除の期限が来る委託データ",
            counted(entrusted.due_soon(on, due_data.SOON_DAYS)),
            _list(Standing.SOON),
            "返却・削除をして、証跡とともに記録してください。",
        ),
    ]


def _list(standing: Standing) -> str:
    return f"{reverse('admin:retention_entrusteddata_changelist')}?standing={standing.value}"
