"""The pages of Django's admin as staff have it, in the states that they can be in, and the records that they show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.choices import Review, Status
from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import submission
from policy import services as policy
from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import HoldBasis
from safeguards.models import AuditEntry
from safeguards.services import audit
from tests.intake.texts import PAINS

LIST = "/admin/intake/consultation/"
AUDIT = "/admin/safeguards/auditentry/"
HOLDS = "/admin/retention/legalhold/"
ACCOUNTS, GROUPS = "/admin/auth/user/", "/admin/auth/group/"
COMPANIES = ("見本製作所", "試験商事", "株式会社例示システムズ東日本支社", "見本運輸")


@dataclass(frozen=True)
class AdminPage:
    """A page's name, its heading, and where it is; `path` may depend on the records; `go` leads on from there."""

    name: str
    heading: str
    path: str | Callable[[Consultation, User], str]
    status: int = 200
    go: Callable[[Page], object] = lambda page: None


def _press(button: str) -> Callable[[Page], None]:
    """Go where a button leads."""

    def press(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()

    return press


def _save(says: str, **typed: str) -> Callable[[Page], None]:
    """Type into the form that stands there, and save it; what it says to that."""

    def save(page: Page) -> None:
        for name, value in typed.items():
            page.locator(f"[name={name}]").fill(value)
        with page.expect_navigation():
            page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator(says)).to_be_visible()

    return save


PAGES = (
    AdminPage("home", "今日の対応", "/admin/"),
    AdminPage("list", "無料相談", LIST),
    AdminPage("list filtered", "無料相談", f"{LIST}?status=open&assignee=none"),
    AdminPage("list searched", "無料相談", f"{LIST}?q=試験"),
    AdminPage("list sorted", "無料相談", f"{LIST}?o=-3"),
    AdminPage("list empty", "無料相談", f"{LIST}?q=ないはずの会社"),
    AdminPage("statistics", "無料相談の統計", f"{LIST}statistics/"),
    AdminPage("consultation", "", lambda consultation, _: f"{LIST}{consultation.pk}/change/"),
    AdminPage("flagged", "", lambda *_: f"{LIST}{_flagged()}/change/"),
    AdminPage(
        "texts", "自由記載の確認", lambda *_: f"{LIST}{_flagged()}/change/", go=_press("自由記載を表示する")
    ),
    AdminPage("list to review", "無料相談", f"{LIST}?review=due"),
    AdminPage("held", "", lambda *_: f"{LIST}{_held()}/change/"),
    AdminPage("to erase", "相談を消去する", lambda consultation, _: f"{LIST}{consultation.pk}/erasure/"),
    AdminPage(
        "erasing, with a fault",
        "相談を消去する",
        lambda consultation, _: f"{LIST}{consultation.pk}/erasure/",
        go=_press("消去する"),
    ),
    AdminPage("held and not to erase", "相談を消去する", lambda *_: f"{LIST}{_held()}/erasure/"),
    AdminPage("holds", "消去の保留", HOLDS),
    AdminPage("holds past their review", "消去の保留", f"{HOLDS}?state=past"),
    AdminPage("hold", "消去の保留", lambda *_: f"{HOLDS}{_hold()}/change/"),
    AdminPage(
        "hold prolonged",
        "消去の保留",
        lambda *_: f"{HOLDS}{_hold()}/change/",
        go=_press("見直す日を変更する"),
    ),
    AdminPage("to hold", "消去を保留する", lambda consultation, _: f"{HOLDS}place/{consultation.pk}/"),
    AdminPage(
        "holding, with a fault",
        "消去を保留する",
        lambda consultation, _: f"{HOLDS}place/{consultation.pk}/",
        go=_press("消去を保留する"),
    ),
    AdminPage("no such hold", "見つかりません", f"{HOLDS}{uuid4()}/change/", status=404),
    AdminPage("one app", "今日の対応", "/admin/intake/"),
    AdminPage("audit", "監査記録", AUDIT),
    AdminPage("audit filtered", "監査記録", f"{AUDIT}?event=consultation.submitted"),
    AdminPage("audit entry", "監査記録", lambda *_: f"{AUDIT}{_entry()}/change/"),
    AdminPage("accounts", "ユーザー", ACCOUNTS),
    AdminPage("accounts searched", "ユーザー", f"{ACCOUNTS}?q=staff"),
    AdminPage("account", "", lambda _, user: f"{ACCOUNTS}{user.pk}/change/"),
    AdminPage(
        "account with a fault",
        "",
        lambda _, user: f"{ACCOUNTS}{user.pk}/change/",
        go=_save(".errornote", email="no address"),
    ),
    AdminPage(
        "account saved",
        "ユーザー",
        lambda _, user: f"{ACCOUNTS}{user.pk}/change/",
        go=_save(".messagelist .success", last_name="試験"),
    ),
    AdminPage("account's history", "", lambda _, user: f"{ACCOUNTS}{user.pk}/history/"),
    AdminPage("roles", "グループ", GROUPS),
    AdminPage("role", "", lambda *_: f"{GROUPS}{_role()}/change/"),
    AdminPage("role's history", "", lambda *_: f"{GROUPS}{_role()}/history/"),
    AdminPage("forbidden", "表示できません", f"{LIST}add/", status=403),
    AdminPage("not found", "見つかりません", "/admin/nowhere/", status=404),
)


def _entry() -> int:
    return AuditEntry.objects.values_list("pk", flat=True)[0]


def _role() -> int:
    return Group.objects.values_list("pk", flat=True)[0]


def _flagged() -> UUID:
    return Consultation.objects.filter(review=Review.DUE).values_list("pk", flat=True)[0]


def _hold() -> UUID:
    return LegalHold.objects.values_list("pk", flat=True)[0]


def _held() -> UUID:
    return LegalHold.objects.values_list("hold__record_id", flat=True)[0]


def records(user: User, *, number: int) -> Consultation:
    """So many consultations, at least twelve: some for every line of home, and for numbers that may be shown."""
    now = timezone.now()
    edition = policy.in_force(timezone.localdate(now))
    for each in range(number):
        at = now - timedelta(days=each * 4)
        answers = Answers(
            employee_count="300_999" if each % 3 else "under_50",
            case_types=("harassment", "leave_and_return") if each % 2 else ("other",),
            doctor_status="part_time" if each % 5 else "",
            company_name=COMPANIES[each % 4],
            contact_name="試験 太郎",
            email="taro@example.jp",
            security=PAINS if each == 3 else "",
        )
        submission.submit(answers, token=uuid4(), edition=edition, at=at)
    newest = Consultation.objects.order_by("-submitted_at")
    ids = list(newest.values_list("pk", flat=True))
    today = timezone.localdate(now)
    rows = Consultation.objects
    rows.filter(pk__in=ids[2:5]).update(assignee=user, status=Status.IN_PROGRESS, next_action_on=today)
    rows.filter(pk__in=ids[4:5]).update(next_action_on=today - timedelta(days=3))
    rows.filter(pk__in=ids[5:6]).update(bounced_at=now)
    rows.filter(pk__in=ids[6:8]).update(last_contact_on=today - timedelta(days=700))
    rows.filter(pk__in=ids[8:9]).update(last_contact_on=today - timedelta(days=740), acknowledged_at=None)
    rows.filter(pk__in=ids[9:-1]).update(status=Status.DECLINED)
    rows.filter(pk__in=ids[:1]).update(acknowledged_at=None)
    for each, basis in enumerate((HoldBasis.LAW, HoldBasis.DISPUTE)):
        review_on, reason = today - timedelta(days=each), "社内の案件番号 2026-7"
        earlier = now - timedelta(days=30)
        holds.place(ids[1], basis=basis, reason=reason, review_on=review_on, by=user, at=earlier)
    audit.record(audit.Event.KEYS_ROTATED, actor=None, at=now, label="from old, to new")
    return rows.get(pk=ids[2])
