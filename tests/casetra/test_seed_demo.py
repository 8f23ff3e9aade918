"""`seed_demo`: everything that a list can show, through the services and without a mail; never in production."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone
from pytest_django.fixtures import Settings

from casetra.demo import staff
from intake.models import Consultation, Contact
from intake.rules import contacts as rules
from intake.services import reading, technical
from intake.services.contacts import ContactKind
from intake.services.triage import Status, assignable
from policy import services as policy
from safeguards.models import AuditEntry, RecordKey
from safeguards.services.audit import Event
from tests.casetra import production

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _development(settings: Settings) -> None:
    settings.DEBUG = True


def seed(**options: Any) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def entries(event: Event) -> int:
    return AuditEntry.objects.filter(event=event).count()


def test_sixty_show_every_status_and_everything_else_that_a_list_can_show() -> None:
    today = timezone.localdate(timezone.now())
    said = seed()
    assert said.startswith("Demo: 60 invented consultations made, ")
    found = Consultation.objects.all()
    assert set(found.values_list("status", flat=True)) == set(Status)
    for condition in (
        {"next_action_on": today},
        {"next_action_on__lt": today},
        {"next_action_on__gt": today},
        {"acknowledged_at": None, "mail_refused_at": None},
        {"mail_refused_at__isnull": False},
        {"bounced_at__isnull": False},
        {"assignee": None, "status": Status.NEW},
        {"technical__isnull": False},
        {"last_contact_on__lt": today - timedelta(days=750)},
        {"company_name": ""},
    ):
        assert found.filter(**condition).exists(), condition
    assert found.values("company_normal").alias(n=Count("id")).filter(n__gt=1).exists()


def test_no_mail_is_sent(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        seed()
    assert outbox.outbox == []


def test_every_contact_kind_and_a_voided_entry_are_there() -> None:
    seed(consultations=160)
    assert set(Contact.objects.values_list("kind", flat=True)) == set(ContactKind)
    assert Contact.objects.exclude(voided_at=None).exists()


def test_the_audit_tells_the_same_in_the_order_of_time() -> None:
    seed()
    assert entries(Event.CONSULTATION_SUBMITTED) == 60
    assert entries(Event.CONTACT_RECORDED) == Contact.objects.count()
    assert entries(Event.CONTACT_VOIDED) == Contact.objects.exclude(voided_at=None).count()
    assert entries(Event.CONSULTATION_ADDRESS_CORRECTED) >= 1
    moments = list(AuditEntry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()


def test_every_clock_is_what_the_ledger_says_and_every_envelope_opens() -> None:
    seed()
    for each in Consultation.objects.all():
        counted = each.contacts.filter(voided_at=None, kind__in=rules.COUNTING).values_list("on", flat=True)
        assert each.last_contact_on == rules.last_contact(timezone.localdate(each.submitted_at), counted)
        opened = reading.unseal(each)
        assert opened.personal.email.endswith("@example.jp")
        assert len(opened.notes) == each.contacts.exclude(note=None).count()


def test_the_connection_is_kept_for_as_long_as_the_policy_allows() -> None:
    now = timezone.now()
    seed()
    days = policy.in_force(timezone.localdate(now)).facts.retention.technical.days
    young = Consultation.objects.filter(submitted_at__gt=now - timedelta(days=days))
    assert set(Consultation.objects.exclude(technical=None)) == set(young)
    assert technical.erase_due(at=now) == 0


def test_a_second_run_makes_nothing_and_a_higher_number_adds_the_rest() -> None:
    seed(consultations=20)
    before = set(Consultation.objects.values_list("id", "version"))
    assert "0 invented consultations made, 0 contacts with them (20 were there before)" in seed(
        consultations=20
    )
    assert "5 invented consultations made" in seed(consultations=25)
    assert before < set(Consultation.objects.values_list("id", "version"))
    assert Consultation.objects.count() == 25


def test_another_seed_makes_others() -> None:
    seed(consultations=20)
    assert "20 invented consultations made" in seed(consultations=20, seed=2)


def test_with_if_empty_nothing_is_added_to_what_is_there() -> None:
    seed(consultations=1)
    assert seed(if_empty=True) == ""
    assert Consultation.objects.count() == 1


def test_a_brief_one_leaves_a_record_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casetra.demo.plots.IN_FULL", 0)
    seed(consultations=120)
    later = Consultation.objects.order_by("submitted_at")[:100]
    assert {each.status for each in later} >= {Status.DECLINED, Status.UNREACHABLE, Status.WITHDRAWN}
    assert RecordKey.objects.filter(lookup__isnull=False).count() == 120


def test_the_demo_staff_may_work_and_cannot_sign_in() -> None:
    seed(consultations=1)
    for user in staff.members():
        assert user in assignable()
        assert not user.has_usable_password()
    assert User.objects.count() == len(staff.members())


def test_fewer_than_none_are_refused() -> None:
    with pytest.raises(CommandError, match="must be 0 or more"):
        seed(consultations=-1)


def test_nothing_is_made_in_production() -> None:
    done = production.python("manage.py", "seed_demo", env=production.environment())
    assert done.returncode == 1
    assert "development only" in done.stderr
