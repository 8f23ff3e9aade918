"""第6条 (ログ管理): what was shown to a person is what the audit says, counted over a day in Chromium."""

from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from intake.models import Consultation
from safeguards.choices import Event, Role
from safeguards.models import AuditEntry
from tests.browser import marked
from tests.browser.admin_pages import LIST
from tests.browser.signing import sign_in
from tests.system.marks import KANJI

COUNTED = (
    Event.CONSULTATION_OPENED,
    Event.CONSULTATION_PRINTED,
    Event.CONSULTATION_TEXTS_SHOWN,
    Event.TECHNICAL_OPENED,
    Event.CONSULTATIONS_EXPORTED,
    Event.CONSULTATIONS_EXPORTED_PERSONAL,
)
_OF = {"sheet": Event.CONSULTATION_PRINTED, "texts": Event.CONSULTATION_TEXTS_SHOWN}  # by the address
# Which of them, and about which consultation; None for a file.
Shown = Counter[tuple[str, Consultation | None]]


class Eyes:
    """Somebody who works by clicks, and counts what stands before their eyes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.shown: Shown = Counter()

    def look(self, consultation: Consultation) -> None:
        """Count what the page of this consultation, or one below it, shows of its envelopes."""
        expect(self.page.locator("h1")).to_be_visible()
        said = self.page.locator("#content").inner_text()
        if KANJI in said:
            last = self.page.url.rstrip("/").rpartition("/")[2]
            self.shown[_OF.get(last, Event.CONSULTATION_OPENED), consultation] += 1
        if marked.CONNECTION in said:
            self.shown[Event.TECHNICAL_OPENED, consultation] += 1

    def press(self, name: str, consultation: Consultation) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look(consultation)

    def follow(self, name: str, consultation: Consultation) -> None:
        with self.page.expect_navigation():
            self.page.locator("#content").get_by_role("link", name=name, exact=True).first.click()
        self.look(consultation)

    def take_file(self) -> None:
        """What is on the export page, as a file."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="書き出す").click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        personal = KANJI in text
        event = Event.CONSULTATIONS_EXPORTED_PERSONAL if personal else Event.CONSULTATIONS_EXPORTED
        self.shown[event, None] += 1


def told(by: User) -> Shown:
    """What the audit says that this account was shown."""
    rows = AuditEntry.objects.filter(actor=by, event__in=COUNTED).values_list("event", "subject_id")
    known = Consultation.objects.in_bulk()
    return Counter((event, known[subject] if subject else None) for event, subject in rows)


def work(eyes: Eyes, one: Consultation, other: Consultation) -> None:
    """What everybody does who handles consultations; the list, the search and the question back open nothing."""
    page = eyes.page
    page.goto(LIST)
    eyes.follow(one.reference, one)
    eyes.press("やり取りを記録する", one)  # refused, for want of a kind: the page is shown again
    page.get_by_label("電話をかけて話した", exact=True).check()
    eyes.press("やり取りを記録する", one)
    eyes.follow("ヒアリングシート", one)
    page.reload()
    eyes.look(one)
    eyes.follow("相談のページへ戻る", one)
    page.locator("summary", has_text="メールアドレスを訂正する").click()
    page.get_by_label("メールアドレス", exact=True).fill("new@example.jp")
    eyes.press("確認へ進む", one)
    eyes.press("このアドレスに訂正する", one)
    page.goto(f"{LIST}by-email/")
    page.get_by_label("メールアドレス", exact=True).fill(marked.ADDRESS)
    eyes.press("探す", other)
    eyes.follow(other.reference, other)


@pytest.fixture
def consultations(transactional_db: None) -> tuple[Consultation, Consultation]:
    return marked.consultation(), marked.consultation()


def test_all_that_reception_was_shown_has_its_entry_and_nothing_else_has(
    page: Page, consultations: tuple[Consultation, Consultation]
) -> None:
    user, eyes = marked.account(Role.RECEPTION), Eyes(page)
    one, other = consultations
    sign_in(page, user)
    work(eyes, one, other)
    page.goto(f"{LIST}export/")
    eyes.take_file()
    assert told(user) == eyes.shown
    assert eyes.shown == {
        (Event.CONSULTATION_OPENED, one): 5,
        (Event.CONSULTATION_PRINTED, one): 2,
        (Event.CONSULTATION_OPENED, other): 1,
        (Event.CONSULTATIONS_EXPORTED, None): 1,
    }


def test_all_that_the_privacy_officer_was_shown_has_its_entry_connections_and_files_too(
    page: Page, consultations: tuple[Consultation, Consultation]
) -> None:
    user, eyes = marked.account(Role.PRIVACY_OFFICER), Eyes(page)
    one, other = consultations
    sign_in(page, user)
    work(eyes, one, other)
    eyes.press("接続元の情報を表示する", other)
    page.go_back()
    eyes.look(other)
    eyes.press("自由記載を伏せ字にする", other)
    page.goto(f"{LIST}export/")
    eyes.take_file()
    page.get_by_label("個人情報あり").check()
    eyes.press("書き出す", one)  # refused, for want of the confirmation
    page.get_by_label("個人情報を含むファイルになることを理解しました").check()
    eyes.take_file()
    assert told(user) == eyes.shown
    assert eyes.shown == {
        (Event.CONSULTATION_OPENED, one): 5,
        (Event.CONSULTATION_PRINTED, one): 2,
        (Event.CONSULTATION_OPENED, other): 2,
        (Event.CONSULTATION_TEXTS_SHOWN, other): 1,
        (Event.TECHNICAL_OPENED, other): 1,
        (Event.CONSULTATIONS_EXPORTED, None): 1,
        (Event.CONSULTATIONS_EXPORTED_PERSONAL, None): 1,
    }
