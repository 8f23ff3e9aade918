"""Every public page in every state that it can be in, and how to get there in one or two steps."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Response

from policy import services as policy
from tests.browser.hearing import ANSWERS, FORM, Answer

Sent = Mapping[str, Answer]

# Posts what the form would post, with the token that `token` gives or, without it, with the page's own.
POST = """([sent, token]) => {
  const form = document.createElement("form");
  form.setAttribute("method", "post");
  form.setAttribute("action", "/consultation/");
  const add = (name, value) => {
    const input = document.createElement("textarea");
    input.name = name;
    input.value = value;
    form.append(input);
  };
  for (const [name, value] of Object.entries(sent)) for (const one of [value].flat()) add(name, one);
  add("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  add("token", token ?? document.querySelector("[name=token]").value);
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""
TOKEN = "document.querySelector('[name=token]')?.value"


@dataclass(frozen=True)
class PublicPage:
    """A page's address, or what is posted to the form to see it (in turn, all with one token)."""

    name: str
    heading: str
    path: str = FORM
    posts: tuple[Sent, ...] = ()
    status: int = 200
    breaks: Mapping[str, Exception] = field(default_factory=dict)
    loses_cookies: bool = False
    several_editions: bool = False

    def visit(self, page: Page) -> Response:
        """Go there; the answer is asserted to be the one that was meant."""
        # The form's page itself must still come when the view of the next one is to break.
        response = page.goto(FORM if self.posts else self.path) if not self._at_once else None
        token = page.evaluate(TOKEN)
        with self._broken():
            if self._at_once:
                response = page.goto(self.path)
            for number, sent in enumerate(self.posts):
                response = self._post(page, sent, token, again=number > 0)
        assert response is not None
        assert response.status == self.status, f"{self.name}: {response.status}"
        assert self.heading in page.locator("h1").inner_text(), self.name
        return response

    def source(self, client: Client) -> str:
        """The page's HTML as it leaves the server."""
        token = str(client.get(FORM).context["token"])
        edition = _edition_mark()
        with self._broken():
            answer = client.get(self.path)
            for sent in self.posts:
                answer = client.post(FORM, {"edition": edition, "token": token, **sent}, follow=True)
        assert answer.status_code == self.status, f"{self.name}: {answer.status_code}"
        source = answer.content.decode()
        assert self.heading in source, self.name
        return source

    @contextmanager
    def _broken(self) -> Iterator[None]:
        with ExitStack() as stack:
            for target, error in self.breaks.items():
                stack.enter_context(mock.patch(target, side_effect=error))
            yield

    @property
    def _at_once(self) -> bool:
        return bool(self.breaks) and not self.posts

    def _post(self, page: Page, sent: Sent, token: str, *, again: bool) -> Response:
        if again:
            page.goto(FORM)
        if self.loses_cookies:
            page.context.clear_cookies()
        edition = _edition_mark()
        with page.expect_navigation() as navigation:
            page.evaluate(POST, [{"edition": edition, **sent}, token])
        return navigation.value


def _edition_mark() -> str:
    """What the pages carry of the edition in force."""
    edition = policy.in_force(timezone.localdate())
    return f"{edition.effective_on.isoformat()} {edition.digest}"


CHECK = "入力内容の確認"
ALL = ANSWERS
SEND: Sent = {"step": "check", "action": "submit", "agree": "on"}
SUBMIT: Sent = {**ALL, **SEND}
_LONG = "長い文章です。" * 300
# Free texts with something personal in each; every name is invented.
FOUND: Sent = {
    **ALL,
    "caseTypesOther": "営業部の佐藤花子さんがうつ病で休職中です。\n復職は来月の予定です。",
    "painPointsOther": "山田太郎さん（社員番号 A-10234）の面談が進みません。連絡先は090-1234-5678です。",
    "security": "担当は鈴木一郎です。",
}

HEARING = (
    PublicPage("step 1", "体制"),
    PublicPage("step 2", "ケースと困りごと", posts=({"action": "cases"},)),
    PublicPage("step 3", "運用と支援", posts=({"action": "operation"},)),
    PublicPage("step 4", "ご連絡先", posts=({"action": "contact"},)),
    PublicPage("step 2, filled", "ケースと困りごと", posts=({**ALL, "action": "cases"},)),
    PublicPage("step 4, filled", "ご連絡先", posts=({**ALL, "action": "contact"},)),
    PublicPage(
        "step 1, faults",
        "体制",
        posts=({"step": "organisation", "action": "next", "employeeCount": "?", "visitRequired": "?"},),
    ),
    PublicPage(
        "step 2, faults",
        "ケースと困りごと",
        posts=(
            {
                "step": "cases",
                "action": "next",
                "caseTypes": "?",
                "caseTypesOther": _LONG,
                "painPoints": "?",
                "painPointsOther": _LONG,
                "deadlinePressure": "?",
            },
        ),
    ),
    PublicPage(
        "step 3, faults",
        "運用と支援",
        posts=({"step": "operation", "action": "next", "requiredSupport": "?", "decisionMaker": "?"},),
    ),
    PublicPage("step 4, no address", "ご連絡先", posts=({"step": "contact", "action": "confirm"},)),
    PublicPage(
        "step 4, faults",
        "ご連絡先",
        posts=(
            {
                "step": "contact",
                "action": "confirm",
                "companyName": _LONG,
                "position": _LONG,
                "contactName": _LONG,
                "email": "takasaki＠",
                "groupware": "?",
                "security": _LONG,
                "timeline": "?",
            },
        ),
    ),
    PublicPage("check", CHECK, posts=({**ALL, "action": "confirm"},)),
    PublicPage("check, address only", CHECK, posts=({"email": ALL["email"], "action": "confirm"},)),
    PublicPage(
        "check, unbroken words",
        CHECK,
        posts=(
            {
                "action": "confirm",
                "email": f"{'a' * 64}@{'b' * 60}.example.jp",
                "companyName": "W" * 200,
                "security": "W" * 2000,
            },
        ),
    ),
    PublicPage("check, mail hint", CHECK, posts=({**ALL, "email": "hanako@gmial.com", "action": "confirm"},)),
    PublicPage("check, findings", CHECK, posts=({**FOUND, "action": "confirm"},)),
    PublicPage("check, findings, nothing ticked", CHECK, posts=({**FOUND, **SEND, "agree": "off"},)),
    PublicPage("check, findings, no tick", CHECK, posts=({**FOUND, **SEND},)),
    PublicPage(
        "check, findings, no agreement",
        CHECK,
        posts=({**FOUND, **SEND, "agree": "off", "not_personal": "on"},),
    ),
    PublicPage(
        "check, one masked",
        CHECK,
        posts=({**FOUND, "security": "担当は鈴木一郎と、山田花子です。", "action": "mask security 3 7"},),
    ),
    PublicPage("check, all masked", CHECK, posts=({**FOUND, "action": "mask security"},)),
    PublicPage(
        "check, several boxes masked",
        CHECK,
        posts=({**FOUND, "action": "mask caseTypesOther painPointsOther"},),
    ),
    PublicPage(
        "check, a word in several places, and no tick at other",
        CHECK,
        posts=(
            {
                "email": ALL["email"],
                "caseTypesOther": "佐藤花子さんの件。渡辺さんの件。佐藤花子さんの面談。",
                "action": "confirm",
            },
        ),
    ),
    PublicPage(
        "check, two hundred findings",
        CHECK,
        posts=({"email": ALL["email"], "security": "佐藤花子さん、" * 200, "action": "confirm"},),
    ),
    PublicPage(
        "step 2, to be mended", "ケースと困りごと", posts=({**FOUND, "action": "fix painPointsOther"},)
    ),
    PublicPage("check, no agreement", CHECK, posts=({**SUBMIT, "agree": "off"},)),
    PublicPage("check, edition changed", CHECK, posts=({**SUBMIT, "edition": "2000-01-01"},)),
    PublicPage("check, sent before", CHECK, posts=(SUBMIT, {**SUBMIT, "companyName": "別の会社"})),
    PublicPage("check, honeypot filled", CHECK, posts=({**SUBMIT, "website": "https://example.com/"},)),
    PublicPage(
        "check, database away",
        CHECK,
        posts=(SUBMIT,),
        status=503,
        breaks={"intake.services.submission.submit": OperationalError()},
    ),
    PublicPage("thanks", "送信が完了しました", posts=(SUBMIT,)),
    PublicPage("thanks, too late", "受付番号を表示できません", "/consultation/thanks/"),
)
POLICY = (
    PublicPage("policy", "プライバシーポリシー", "/privacy/"),
    PublicPage("policy, dated", "プライバシーポリシー", "/privacy/2026-01-02/"),
    PublicPage("policy, history", "履歴", "/privacy/history/"),
    PublicPage("policy, requests", "請求の手続", "/privacy/requests/"),
    PublicPage("policy, one announced", "プライバシーポリシー", "/privacy/", several_editions=True),
    PublicPage("policy, past", "プライバシーポリシー", "/privacy/2026-01-02/", several_editions=True),
    PublicPage("policy, announced", "プライバシーポリシー", "/privacy/2099-04-01/", several_editions=True),
    PublicPage("policy, versions", "履歴", "/privacy/history/", several_editions=True),
    PublicPage(
        "policy, compared",
        "履歴",
        "/privacy/history/?from=2026-01-02&to=2099-04-01",
        several_editions=True,
    ),
    PublicPage("policy, faults", "履歴", "/privacy/history/?from=x&to=", several_editions=True),
)
_FORM_BREAKS = "intake.views.consultation.step_page"
ERRORS = (
    PublicPage(
        "400",
        "入力の量が多すぎます",
        posts=({"painPoints": [str(number) for number in range(501)]},),
        status=400,
    ),
    PublicPage("403", "表示できません", breaks={_FORM_BREAKS: PermissionDenied()}, status=403),
    PublicPage("403, CSRF", "送信を確認", posts=(SUBMIT,), loses_cookies=True, status=403),
    PublicPage("404", "ページが見つかりません", "/nowhere/", status=404),
    PublicPage("500", "サーバーで問題", breaks={_FORM_BREAKS: ValueError()}, status=500),
    PublicPage("503", "一時的にご利用", breaks={_FORM_BREAKS: OperationalError()}, status=503),
)
HOME = (PublicPage("home", "産業保健のケース対応を", "/"),)
GROUPS = {"home": HOME, "hearing": HEARING, "policy": POLICY, "errors": ERRORS}
PAGES = (*HOME, *HEARING, *POLICY, *ERRORS)


def check_page(page: Page) -> None:
    """Straight to the check page, every question answered."""
    next(each for each in HEARING if each.name == "check").visit(page)
