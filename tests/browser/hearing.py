"""Walking through the hearing form as a person does, and one set of answers to every question."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from intake.choices import QUESTIONS, STEPS, Kind, Question, Step

FORM = "/consultation/"
Answer = str | list[str]

ANSWERS: dict[str, Answer] = {
    "employeeCount": "300_999",
    "locationCount": "2_5",
    "doctorStatus": "both",
    "visitRequired": "depends",
    "monthlyCases": "11_30",
    "caseTypes": ["leave_and_return", "harassment", "other"],
    "caseTypesOther": "海外赴任の前後の面談\n　二行目は全角の空白で始まる <b>&amp;</b>",
    "painPoints": ["scheduling", "deadlines", "other"],
    "painPointsOther": "拠点ごとに様式が違う 😀👨‍👩‍👧",
    "deadlinePressure": "weekly",
    "schedulingHandler": "health_staff",
    "schedulingSystem": "chat",
    "requiredSupport": ["reception", "experts"],
    "interviewRatio": "mostly_online",
    "decisionMaker": "hr_head",
    "companyName": '㈱髙﨑製作所 "東"',
    "position": "人事部 ＆ 労務課長",
    "contactName": "髙﨑 邉子",
    "email": "takasaki@example.co.jp",
    "groupware": "google_workspace",
    "security": "ISO/IEC 27001\nSSO（SAML）",
    "timeline": "within_3_months",
}


def fill(page: Page, step: Step, answers: Mapping[str, Answer] = ANSWERS) -> None:
    """Answer the shown step's questions, those of them that `answers` holds."""
    for question in step.questions:
        if question.key in answers:
            _fill(page, question, answers[question.key])


def _fill(page: Page, question: Question, answer: Answer) -> None:
    if isinstance(answer, list):
        for box in page.locator(f"input[name={question.key}]").all():
            box.set_checked(box.get_attribute("value") in answer)
    elif question.kind is Kind.ONE:
        page.locator(f"input[name={question.key}][value='{answer}']").check()
    else:
        page.locator(f"[name={question.key}]").fill(answer)


def shown(page: Page, step: Step) -> dict[str, Answer]:
    """What the shown step would send for its own questions, by key."""
    sent: list[list[str]] = page.evaluate("[...new FormData(document.querySelector('main form'))]")
    found: dict[str, Answer] = {}
    for question in step.questions:
        values = [value for name, value in sent if name == question.key]
        found[question.key] = values if question.kind is Kind.MANY else values[0]
    return found


def of(step: Step, answers: Mapping[str, Answer] = ANSWERS) -> dict[str, Answer]:
    """The step's part of `answers`."""
    return {question.key: answers[question.key] for question in step.questions}


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def to_check_page(page: Page, answers: Mapping[str, Answer] = ANSWERS) -> None:
    """From nothing through the four steps to the check page."""
    page.goto(FORM)
    for step in STEPS:
        on_step(page, step)
        fill(page, step, answers)
        press(page, "確認画面へ" if step is STEPS[-1] else "次へ")
    on_check_page(page)


def send(page: Page) -> str:
    """From the check page to the thanks page; the reference that it shows."""
    page.locator("#id_agree").check()
    press(page, "送信する")
    return reference(page)


def reference(page: Page) -> str:
    """The thanks page's reference."""
    return page.locator("#reference").inner_text()


def on_step(page: Page, step: Step) -> None:
    """Assert that the page is this step."""
    expect(page.locator("h1")).to_have_text(step.title)


def on_check_page(page: Page) -> None:
    """Assert that the page is the check page."""
    expect(page.locator("h1")).to_have_text("入力内容の確認")


def words(question: Question, answer: Answer) -> list[str]:
    """The answer as the check page and the staff's page say it."""
    values = [answer] if isinstance(answer, str) else answer
    if question.options is None:
        return values
    return [str(question.options(value).label) for value in values]


def checked_answers(page: Page) -> dict[str, list[str]]:
    """What the check page says, by the question's label."""
    rows: list[tuple[str, list[str]]] = page.evaluate(
        """[...document.querySelectorAll(".summary-list__row")].map((row) => {
          const items = [...row.querySelectorAll("dd li")];
          return [row.querySelector("dt").textContent,
                  (items.length ? items : [row.querySelector("dd")]).map((item) => item.textContent)];
        })"""
    )
    return dict(rows)


def expected_answers(answers: Mapping[str, Answer] = ANSWERS) -> dict[str, list[str]]:
    """What the check page has to say, 未回答 where there is no answer."""
    return {
        question.label: words(question, answers[question.key]) if question.key in answers else ["未回答"]
        for question in QUESTIONS
    }
