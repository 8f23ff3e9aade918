"""2-1: what the mails say, and what they never say."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, OperationalError
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from intake.choices import QUESTIONS
from intake.models import Consultation
from intake.rules.answers import Answers
from intake.services import mail, submission
from policy import services as policy
from safeguards.services import envelopes
from tests.intake.client import post
from tests.intake.forms_data import ONLY_EMAIL, everything
from tests.intake.test_sending import sendable

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)  # a Tuesday
ADDRESS = "qzmarkzq@example.jp"
MARK = "龘目印龘"


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://www.example.jp"
    settings.DEFAULT_FROM_EMAIL = "Casetra <casetra@example.jp>"
    settings.STAFF_NOTIFY = ["staff@example.jp", "desk@example.jp"]


def stored(email: str = ADDRESS, at: datetime = AT, **answers: Any) -> Consultation:
    """A consultation whose mails were not tried: the test's transaction never commits."""
    given = Answers(email=email, contact_name=MARK, company_name=MARK, security=MARK, **answers)
    receipt = submission.submit(given, token=uuid4(), edition=policy.in_force(at.date()), at=at)
    return Consultation.objects.get(reference=receipt.reference)


def sent() -> tuple[Any, Any]:
    """The two mails: to the prospect and to staff."""
    acknowledgement, notice = outbox.outbox
    return acknowledgement, notice


def test_the_prospect_gets_reference_day_and_contact() -> None:
    consultation = stored()
    mail.send_first(consultation.id, at=AT)
    acknowledgement, _ = sent()
    company = policy.in_force(AT.date()).facts.controller
    assert acknowledgement.to == [ADDRESS]
    assert acknowledgement.reply_to == [company.email]
    assert acknowledgement.message()["From"] == "Casetra <casetra@example.jp>"
    for part in (consultation.reference, "2026年11月27日（金）まで", company.telephone, company.email):
        assert part in acknowledgement.body
    assert "https://www.example.jp/privacy/" in acknowledgement.body
    assert "遅れました" not in acknowledgement.body
    assert acknowledgement.message()["Auto-Submitted"] == "auto-generated"


def test_staff_get_a_link_and_nothing_else(settings: Settings) -> None:
    consultation = stored()
    mail.send_first(consultation.id, at=AT)
    _, notice = sent()
    assert notice.to == ["staff@example.jp", "desk@example.jp"]
    assert f"https://www.example.jp/admin/intake/consultation/{consultation.id}/change/" in notice.body
    assert consultation.reference not in notice.subject + notice.body


def test_no_mail_holds_a_name_a_company_or_an_answer() -> None:
    receipt = submission.submit(
        Answers(**{q.field: MARK for q in QUESTIONS if q.options is None} | {"email": ADDRESS}),  # type: ignore[arg-type]
        token=uuid4(),
        edition=policy.in_force(AT.date()),
        at=AT,
    )
    mail.send_first(Consultation.objects.get(reference=receipt.reference).id, at=AT)
    acknowledgement, notice = sent()
    for message in (acknowledgement, notice):
        plain = f"{message.subject}\n{message.body}\n{dict(message.message().items())}"
        assert MARK not in plain
        assert plain.count(ADDRESS) == (1 if message is acknowledgement else 0)  # in To alone
        assert ADDRESS not in message.subject + message.body


def test_the_message_ids_are_made_from_record_kind_and_site_and_stay() -> None:
    consultation = stored()
    mail.send_first(consultation.id, at=AT)
    first = [message.message()["Message-ID"] for message in sent()]
    assert first == [
        f"<{kind}.{consultation.id.hex}@www.example.jp>" for kind in ("acknowledgement", "notice")
    ]
    Consultation.objects.update(acknowledged_at=None, staff_notified_at=None)
    mail.send_pending(at=AT + timedelta(hours=1), limit=10)
    assert [message.message()["Message-ID"] for message in outbox.outbox[2:]] == first


def test_what_was_sent_is_noted_and_never_sent_again() -> None:
    consultation = stored()
    mail.send_first(consultation.id, at=AT)
    consultation.refresh_from_db()
    assert (consultation.acknowledged_at, consultation.staff_notified_at) == (AT, AT)
    mail.send_first(consultation.id, at=AT)
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=0, refused=0, left=0)
    assert len(outbox.outbox) == 2


def test_without_anybody_to_notify_no_notice_is_due(settings: Settings) -> None:
    settings.STAFF_NOTIFY = []
    stored()
    assert mail.send_pending(at=AT, limit=10).sent == 1
    assert mail.send_pending(at=AT, limit=10).sent == 0


def test_a_late_mail_says_sorry_and_keeps_the_promised_day() -> None:
    stored()
    mail.send_pending(at=AT + timedelta(days=1), limit=10)
    assert "遅れました" in sent()[0].body
    assert "2026年11月27日" in sent()[0].body


@pytest.mark.parametrize(("age", "due"), [(mail.DUE_FOR, 2), (mail.DUE_FOR + timedelta(seconds=1), 0)])
def test_mails_are_due_for_two_weeks(age: timedelta, due: int) -> None:
    stored()
    assert mail.send_pending(at=AT + age, limit=10).sent == due


def test_nothing_is_sent_any_more_to_an_address_that_bounced(settings: Settings) -> None:
    settings.STAFF_NOTIFY = []
    consultation = stored()
    Consultation.objects.filter(id=consultation.id).update(bounced_at=AT)
    assert mail.send_pending(at=AT, limit=10).sent == 0


def test_the_companys_closures_move_the_day(settings: Settings) -> None:
    settings.COMPANY_CLOSURES = frozenset({date(2026, 11, 25)})
    mail.send_first(stored().id, at=AT)
    assert "2026年11月30日（月）まで" in sent()[0].body


def test_the_oldest_are_sent_first_and_no_more_than_the_limit() -> None:
    newer, older = stored(at=AT), stored(at=AT - timedelta(hours=1))
    assert mail.send_pending(at=AT, limit=1).sent == 1
    assert older.reference in outbox.outbox[0].body
    assert mail.send_pending(at=AT, limit=3).sent == 3
    assert newer.reference in outbox.outbox[1].body


@pytest.mark.parametrize("injected", ["a@example.jp\nBcc: evil@example.com", "a@example.jp\r\n\r\nbody"])
def test_an_address_with_a_line_break_reaches_no_header(injected: str) -> None:
    consultation = stored(injected)
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=1, refused=1, left=0)  # the notice went
    assert [message.to for message in outbox.outbox] == [["staff@example.jp", "desk@example.jp"]]
    consultation.refresh_from_db()
    assert (consultation.acknowledged_at, consultation.mail_refused_at) == (None, AT)


def test_the_form_takes_no_address_with_a_line_break(client: Client) -> None:
    data = sendable(client) | {"email": "a@example.jp\nBcc: evil@example.com"}
    assert post(client, "submit", **data).status_code == 200
    assert not Consultation.objects.exists()


def test_a_record_whose_envelope_does_not_open_stops_no_other() -> None:
    broken, sound = stored(at=AT - timedelta(hours=1)), stored()
    envelopes.destroy(kind=submission.KIND, record_ids=[broken.id])
    assert mail.send_pending(at=AT, limit=10) == mail.Report(sent=3, refused=0, left=1)
    sound.refresh_from_db()
    assert sound.acknowledged_at == AT


def test_sending_the_form_mails_once_and_links_to_the_sites_own_address(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["evil.example.com"]
    client.defaults["HTTP_HOST"] = "evil.example.com"
    data = sendable(client, **everything())
    for _ in range(2):  # the repeat is the same record
        with django_capture_on_commit_callbacks(execute=True):
            assert post(client, "submit", **data).status_code == 302
    assert len(outbox.outbox) == 2
    for message in sent():
        assert "evil.example.com" not in message.message().as_string() + str(message.body)
        assert "https://www.example.jp/" in message.body


def test_a_refused_transaction_sends_nothing(
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise OperationalError

    data = sendable(client, **ONLY_EMAIL)
    monkeypatch.setattr("safeguards.services.audit.record", crash)
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, "submit", **data).status_code == 503
    assert outbox.outbox == []


def test_the_database_refuses_a_record_that_is_both_acknowledged_and_refused() -> None:
    consultation = stored()
    consultation.acknowledged_at = consultation.mail_refused_at = AT
    with pytest.raises(IntegrityError, match="acknowledged_or_refused"):
        consultation.save(update_fields=["acknowledged_at", "mail_refused_at"])
