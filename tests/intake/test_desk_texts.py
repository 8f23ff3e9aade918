"""2-1: free texts that look personal on a page of their own, where staff decide what becomes of them."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from intake.models import Consultation
from intake.services import review
from safeguards.services import envelopes
from tests.intake.desk import fresh
from tests.intake.desk_page import NOW, Answer, events, get, main, said, saved, send, text
from tests.intake.desk_page import noon as noon
from tests.intake.staff import RECEPTION, VIEWER, client_of, member
from tests.intake.texts import (
    NAME,
    PAINS,
    PHONE,
    RAW,
    REVIEWER,
    RULES,
    SECURITY,
    flagged,
    mask_all,
    personal,
    places,
    redact_all,
    values,
)

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("noon")]


@pytest.fixture
def stored() -> Consultation:
    return flagged()


@pytest.fixture
def officer() -> User:
    return member(*REVIEWER, last_name="kanri")


def shown(answer: Answer) -> list[str]:
    return [raw for raw in RAW if raw in text(answer)]


def told(answer: Answer) -> list[str]:
    """The messages on this very page."""
    return [str(message) for message in answer.context["messages"]]


def post(user: User, stored: Consultation, address: str, **data: Any) -> Answer:
    return send(client_of(user), stored, address, **data)


def test_the_texts_are_shown_after_a_press_with_marks_and_reasons_and_an_entry_of_their_own(
    stored: Consultation, officer: User
) -> None:
    answer = post(officer, stored, "texts/")
    assert shown(answer) == list(RAW)
    page = main(answer)
    assert "2026年11月2日から要確認です。個人の情報のように見える箇所が3つあります。" in page
    assert "残した箇所は、個人情報を開ける方に表示されます。" in page
    assert text(answer).count('<mark class="desk-mark">') == 3
    for number, words in (
        ("困りごと（その他の内容） 1", f"「{NAME}」 氏名のように見えます"),
        ("セキュリティ要件 3", f"「{PHONE}」 電話番号のように見えます"),
    ):
        assert f"{number} {words}" in page.replace("\u3000", " ").replace("  ", " ")
    assert "））" not in page
    assert text(answer).count(" checked>") == 3
    assert [event for event, _ in events(stored)][2:] == ["consultation.texts_shown"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["texts/", "texts/redact/", "texts/release/", "texts/mask/security/"])
def test_following_a_link_to_the_texts_opens_nothing_and_leads_to_the_button(
    stored: Consultation, officer: User, address: str
) -> None:
    client = client_of(officer)
    assert saved(get(client, stored, address), stored)
    assert [event for event, _ in events(stored)][2:] == []
    assert said(client, stored) == ["もう一度「自由記載を表示する」を押してください。"]
    redact_all(stored, by=officer, at=NOW)
    get(client, stored, address)
    assert said(client, stored) == ["もう一度「自由記載を伏せ字にする」を押してください。"]


def test_ticked_findings_are_masked_for_good(stored: Consultation, officer: User) -> None:
    client = client_of(officer)
    assert saved(send(client, stored, "texts/redact/", places=values(stored)), stored)
    assert said(client, stored) == ["3か所を伏せ字にして、確定しました。"]
    assert personal(stored).security == SECURITY.replace(PHONE, "■■")
    page = get(client, stored)
    assert shown(page) == []
    assert "自由記載 伏せ字で確定" in main(page)
    assert "要確認" not in main(page)


def test_what_is_not_ticked_stays(stored: Consultation, officer: User) -> None:
    client, (*_, phone) = client_of(officer), values(stored)
    assert saved(send(client, stored, "texts/redact/", places=[phone]), stored)
    assert (personal(stored).pain_points_other, fresh(stored).review) == (PAINS, "redacted")
    assert said(client, stored) == ["1か所を伏せ字にし、2か所を残して確定しました。"]


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([], "伏せ字にする箇所を選んでください。"),
        (["security:0:2"], "伏せ字にする箇所が変わりました。"),
        (["position:0:2"], "伏せ字にする箇所が変わりました。"),
        (["security:9999999:1"], "伏せ字にする箇所が変わりました。"),
        (["security:１:２"], "伏せ字にする箇所が変わりました。"),
    ],
)
def test_places_that_are_none_get_a_message_and_nothing_is_written(
    stored: Consultation, officer: User, places: list[str], message: str
) -> None:
    answer = post(officer, stored, "texts/redact/", places=places)
    assert answer.status_code == 200
    assert "まだ保存していません" in main(answer)
    assert message in main(answer)
    assert '<a href="#redact">' in text(answer)
    assert 'id="redact"' in text(answer)
    assert fresh(stored).version == 1


def test_ticks_that_were_taken_away_stay_away_when_the_page_comes_again(
    stored: Consultation, officer: User
) -> None:
    name, *_ = values(stored)
    answer = post(officer, stored, "texts/redact/", places=[name, "security:0:2"])
    assert re.findall(r'value="([\w:]+)" id="redact_\d" checked', text(answer)) == [name]


@pytest.mark.parametrize("address", ["texts/redact/", "texts/release/"])
def test_a_decision_on_what_other_rules_found_is_asked_for_again_with_all_that_is_found_now(
    stored: Consultation, officer: User, address: str
) -> None:
    page = text(post(officer, stored, "texts/"))
    assert page.count(f'name="rules" value="{RULES}"') == 2
    for rules in ("rules of old", ""):
        answer = post(officer, stored, address, places=values(stored)[:1], rules=rules)
        assert answer.status_code == 200
        assert "個人の情報を見つける規則が、このページを開いたあとに改められました。" in main(answer)
        assert text(answer).count(" checked>") == 3
        assert 'id="redact"' in text(answer)
        assert 'id="release"' in text(answer)
    assert (fresh(stored).version, fresh(stored).review) == (1, "due")


def test_no_problem_releases_the_texts(stored: Consultation, officer: User) -> None:
    client = client_of(officer)
    assert saved(send(client, stored, "texts/release/"), stored)
    assert said(client, stored) == ["自由記載を、問題なしとしました。"]
    page = get(client, stored)
    assert shown(page) == list(RAW)
    assert "自由記載 問題なし" in main(page)
    again = main(send(client, stored, "texts/release/"))
    assert "この相談の自由記載は、すでに確認されています。" in again
    assert "「問題なし」として確認済みです。" in again


def test_who_comes_second_sees_what_a_colleague_did_and_may_press_again(
    stored: Consultation, officer: User
) -> None:
    jiro, seen = member(*REVIEWER, last_name="jiro"), values(stored)
    review.mask(stored.id, field="security", passage="国内", seen=1, by=jiro, at=NOW)
    answer = post(officer, stored, "texts/redact/", places=seen, version=1)
    assert "まだ保存していません" in main(answer)
    assert "jiro：自由記載の伏せ字（職員が指定した箇所1件）" in main(answer)
    assert 'name="version" value="2"' in text(answer)
    assert text(answer).count(" checked>") == 3
    assert fresh(stored).review == "due"
    assert saved(post(officer, stored, "texts/redact/", places=values(stored)), stored)


def test_a_decision_is_told_to_who_has_the_page_of_the_consultation_open(
    stored: Consultation, officer: User
) -> None:
    redact_all(stored, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), stored, "bounced/", version=1)
    assert "kanri：自由記載の伏せ字（特定の方の病名や健康の情報1件、氏名1件、電話番号1件）" in main(answer)


def test_what_was_left_and_what_was_confirmed_is_told_in_words(stored: Consultation, officer: User) -> None:
    review.redact(stored.id, places=places(stored)[2:], rules=RULES, seen=1, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), stored, "bounced/", version=1)
    assert "kanri：自由記載の伏せ字（電話番号1件、残した箇所2件）" in main(answer)
    other = flagged()
    mask_all(other, by=officer, at=NOW)
    review.release(other.id, rules=RULES, seen=4, by=officer, at=NOW)
    answer = send(client_of(member(*RECEPTION)), other, "bounced/", version=4)
    assert "、自由記載の伏せ字（すでに伏せた箇所で確定）" in main(answer)


@pytest.mark.parametrize("address", ["texts/", "texts/redact/", "texts/release/", "texts/mask/security/"])
@pytest.mark.parametrize(
    "rights",
    [
        VIEWER,
        RECEPTION,
        ("view_consultation", "review_texts"),
        ("view_consultation", "open_envelope", "triage", "export_personal", "open_technical"),
        ("open_envelope", "review_texts"),
    ],
)
def test_reading_and_deciding_need_the_right_to(
    stored: Consultation, address: str, rights: tuple[str, ...]
) -> None:
    data = {"places": values(stored), "passage": PHONE}
    answer = send(client_of(member(*rights)), stored, address, **data)
    assert answer.status_code == 403
    assert shown(answer) == []
    assert (fresh(stored).version, len(events(stored))) == (1, 2)


def test_texts_whose_envelope_does_not_open_are_said_so(stored: Consultation, officer: User) -> None:
    wanted = values(stored)
    envelopes.destroy(kind="intake.consultation", record_ids=[stored.id])
    for address in ("texts/", "texts/redact/", "texts/mask/security/", "texts/release/"):
        answer = post(officer, stored, address, places=wanted, passage=PHONE)
        assert "個人情報の封を開けませんでした。" in main(answer)
    assert len(events(stored)) == 2


def test_an_erased_consultation_is_said_to_be_gone(stored: Consultation, officer: User) -> None:
    client, wanted = client_of(officer), values(stored)
    fresh(stored).delete()
    for address in ("texts/", "texts/redact/", "texts/release/", "texts/mask/security/"):
        answer = send(client, stored, address, version=1, places=wanted, passage=PHONE)
        assert answer.status_code == 404
        assert "この相談は、消去されたか" in main(answer)


def test_texts_are_shown_as_text_never_as_markup(officer: User) -> None:
    stored = flagged(security=f"<b>強い</b> {SECURITY}<script>alert(1)</script>")
    page = post(officer, stored, "texts/").content.decode()
    assert "&lt;b&gt;強い&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_no_message_log_of_django_or_session_holds_a_word_of_them(
    stored: Consultation, officer: User
) -> None:
    client = client_of(officer)
    send(client, stored, "texts/mask/security/", passage=PHONE)
    send(client, stored, "texts/redact/", places=values(stored))
    kept = str([session.get_decoded() for session in Session.objects.all()]) + client.cookies.output()
    assert not [raw for raw in RAW if raw in kept]
    assert not LogEntry.objects.exists()
