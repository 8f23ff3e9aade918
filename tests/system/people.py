"""People who fill the hearing form, with a mark wherever something is theirs."""

import re

from tests.system.client import FORM, Client, Fields, Page, submission
from tests.system.marks import KANJI, LATIN, full_width

COMPANY = "マーク探し株式会社"
WARNED = 5  # one in so many writes what the screen finds, masks some of it and sends the rest as it is
WARNED_OF = ("painPointsOther", "security")
BROWSER = f"Mozilla/5.0 {LATIN} (KHTML, like {LATIN})"


def marked(number: int) -> Fields:
    """A hearing form with a mark in every personal field; every second one typed in full width."""
    dress = full_width if number % 2 else str
    answers = [
        (key, f"{KANJI}{dress(f'{LATIN}-{key}-{number}')}")
        for key in ("caseTypesOther", "painPointsOther", "position", "contactName", "security")
    ]
    email = dress(f"{LATIN}.{number}@{LATIN}.example.jp")
    if is_warned(number):
        found = f"\n氏名：{KANJI}子、連絡先 {email} です。"
        answers = [(key, f"{text}{found if key in WARNED_OF else ''}") for key, text in answers]
    choices = [("employeeCount", "50_299"), ("caseTypes", "other"), ("painPoints", "records")]
    return [*choices, *answers, ("email", email), ("companyName", COMPANY)]


def is_warned(number: int) -> bool:
    """Whether this person writes names and addresses into the free texts."""
    return number % WARNED == 1


def warned(client: Client, check: Page) -> list[Page]:
    """One passage masked, the rest sent without the tick; the pages that come, the check page again each time."""
    found = re.search(r'value="(mask \w+ \d+ \d+)"', check.text)
    assert found, check.text
    masked = client.post(FORM, [*check.hidden(), ("action", found[1])])
    assert "置き換えました" in masked.text
    unticked = client.post(FORM, submission(masked, []))
    assert "見える箇所が残っています" in unticked.text
    return [masked, unticked]


def step_by_step(address: tuple[str, int], number: int) -> list[Page]:
    """One person's way through the real pages, every answer typed on its own step."""
    client, answers = Client(address, user_agent=BROWSER), dict(marked(number))
    steps = (
        ("organisation", "next", ("employeeCount",)),
        ("cases", "next", ("caseTypes", "caseTypesOther", "painPoints", "painPointsOther")),
        ("operation", "next", ()),
        ("contact", "confirm", ("companyName", "position", "contactName", "email", "security")),
    )
    pages = [client.get(FORM)]
    for slug, action, keys in steps:
        assert ("step", slug) in pages[-1].hidden()
        typed = [(key, answers[key]) for key in keys]
        pages.append(client.post(FORM, [*pages[-1].hidden(), *typed, ("action", action)]))
    if is_warned(number):
        pages += warned(client, pages[-1])
    pages.append(client.post(FORM, submission(pages[-1], [("not_personal", "on")])))
    assert pages[-1].status == 302, pages[-1].text
    pages.append(client.get(pages[-1].header("Location")))
    assert pages[-1].reference()
    return pages
