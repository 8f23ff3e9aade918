"""People who fill the hearing form, with a mark wherever something is theirs."""

from tests.system.client import FORM, Client, Fields, Page, submission
from tests.system.marks import KANJI, LATIN, full_width

COMPANY = "マーク探し株式会社"
BROWSER = f"Mozilla/5.0 {LATIN} (KHTML, like {LATIN})"


def marked(number: int) -> Fields:
    """A hearing form with a mark in every personal field; every second one typed in full width."""
    dress = full_width if number % 2 else str
    answers = [
        (key, f"{KANJI}{dress(f'{LATIN}-{key}-{number}')}")
        for key in ("caseTypesOther", "painPointsOther", "position", "contactName", "security")
    ]
    email = dress(f"{LATIN}.{number}@{LATIN}.example.jp")
    choices = [("employeeCount", "50_299"), ("caseTypes", "other"), ("painPoints", "records")]
    return [*choices, *answers, ("email", email), ("companyName", COMPANY)]


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
    pages.append(client.post(FORM, submission(pages[-1], [])))
    assert pages[-1].status == 302, pages[-1].text
    pages.append(client.get(pages[-1].header("Location")))
    assert pages[-1].reference()
    return pages
