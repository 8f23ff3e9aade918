"""2-3: address and browser of a submission — sealed apart, opened with an entry, and soon forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import KIND, Consultation
from intake.rules.answers import Answers, PersonalPart
from intake.services import submission, technical
from intake.services.technical import Technical
from policy import services as policy
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import audit, envelopes
from tests.intake.desk import AT, Verb, at_once, entries, fresh, stored
from tests.intake.staff import member
from tests.intake.test_sending import sendable

pytestmark = pytest.mark.django_db(databases="__all__")

ORIGIN = Technical("203.0.113.5", "Mozilla/5.0 (試験)")
DAYS = 30  # as the shipped edition says
APART = "vault" in configured.DATABASES


def sent(client: Client, **meta: str) -> Technical | None:
    """What is kept of a form sent in this WSGI environment."""
    data = {"action": "submit", **sendable(client)}
    assert client.post("/consultation/", data, **meta).status_code == 302  # type: ignore[arg-type]
    return technical.open_for(Consultation.objects.get(), by=member(), at=AT)


@pytest.mark.parametrize(
    ("address", "agent", "kept"),
    [
        ("", "", None),
        ("", "\x00\x1f", None),
        ("203.0.113.5", "", Technical("203.0.113.5", "")),
        ("", "Firefox", Technical("", "Firefox")),
        ("2001:db8::1", "a" * 300, Technical("2001:db8::1", "a" * 300)),
        ("2001:db8::1", "a" * 301, Technical("2001:db8::1", "a" * 300)),
        ("203.0.113.5", "Fire\x00\x1b[2Jfox\r\n\u202e\x85!", Technical("203.0.113.5", "Fire[2Jfox!")),
        ("203.0.113.5", "\x00" * 300 + "Firefox", Technical("203.0.113.5", "Firefox")),
    ],
)
@pytest.mark.django_db(databases=[])
def test_a_browsers_name_is_cleaned_and_cut_and_nothing_is_not_kept(
    address: str, agent: str, kept: Technical | None
) -> None:
    assert technical.of(address, agent) == kept


def test_the_form_keeps_address_and_browser_of_who_sends_it(client: Client) -> None:
    assert sent(client, REMOTE_ADDR="203.0.113.5", HTTP_USER_AGENT="Firefox\x00") == Technical(
        "203.0.113.5", "Firefox"
    )


@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, "10.0.0.1"), (1, "203.0.113.5"), (2, "198.51.100.7"), (3, "10.0.0.1")]
)
def test_the_address_is_read_as_the_number_of_proxies_says(
    client: Client, settings: Settings, proxies: int, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    kept = sent(client, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.5")
    assert kept == Technical(expected, "")


def test_without_address_and_browser_there_is_neither_envelope_nor_key(client: Client) -> None:
    assert sent(client, REMOTE_ADDR="") is None
    assert Consultation.objects.get().technical is None
    assert [key.kind for key in RecordKey.objects.all()] == [KIND]
    assert not AuditEntry.objects.filter(event="technical.opened").exists()


def test_it_lies_in_an_envelope_of_its_own_under_a_key_of_its_own() -> None:
    one = stored(origin=ORIGIN)
    main, apart = RecordKey.objects.order_by("kind")
    assert (main.kind, apart.kind) == (KIND, technical.KIND)
    assert (main.record_id, apart.record_id, apart.lookup) == (one.id, one.id, None)
    assert one.technical is not None
    assert bytes(main.wrapped) != bytes(apart.wrapped)
    with pytest.raises(envelopes.MisplacedEnvelope):
        envelopes.open(one.technical, kind=KIND, record_id=one.id, into=Technical)
    with pytest.raises(envelopes.MisplacedEnvelope):
        envelopes.open(one.sealed, kind=technical.KIND, record_id=one.id, into=PersonalPart)


def test_the_main_envelope_and_the_row_do_not_hold_it() -> None:
    one = stored(origin=ORIGIN)
    opened = envelopes.open(one.sealed, kind=KIND, record_id=one.id, into=PersonalPart)
    assert not {"203.0.113.5", "Mozilla"} & set(str(vars(opened)).split("'"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry::text FROM intake_consultation entry")
        (row,) = cursor.fetchone()
    for part in ("203.0.113.5", "Mozilla"):
        assert part not in row
        assert part.encode().hex() not in row


def test_opening_it_leaves_an_entry_and_what_does_not_open_leaves_none() -> None:
    one, by = stored(origin=ORIGIN), member()
    assert technical.open_for(one, by=by, at=AT) == ORIGIN
    assert entries(one.id) == [("technical.opened", "", by.pk)]
    envelopes.destroy(kind=technical.KIND, record_ids=[one.id])
    with pytest.raises(technical.SealError):
        technical.open_for(one, by=by, at=AT)
    assert len(entries(one.id)) == 1


@pytest.mark.parametrize(
    ("age", "erased"),
    [
        (timedelta(days=DAYS - 1), 0),
        (timedelta(days=DAYS), 0),
        (timedelta(days=DAYS, microseconds=1), 1),
        (timedelta(days=DAYS + 1), 1),
    ],
)
def test_it_is_erased_when_its_days_are_over_and_not_before(age: timedelta, erased: int) -> None:
    one = stored(origin=ORIGIN)
    assert policy.in_force((AT + age).date()).facts.retention.technical.days == DAYS
    assert technical.erase_due(at=AT + age) == erased
    assert (fresh(one).technical is None) == bool(erased)
    assert RecordKey.objects.filter(kind=technical.KIND).count() == 1 - erased


def test_erasing_takes_blob_and_key_and_nothing_else_and_is_one_entry_with_a_count() -> None:
    one, other = stored(origin=ORIGIN), stored()
    page, old = fresh(one), bytes(one.technical or b"")
    assert technical.erase_due(at=AT + timedelta(days=DAYS + 1)) == 1
    after = fresh(one)
    changed = {name for name, value in vars(page).items() if vars(after)[name] != value} - {"_state"}
    assert changed == {"technical"}
    with pytest.raises(envelopes.KeyDestroyed):
        envelopes.open(old, kind=technical.KIND, record_id=one.id, into=Technical)
    for each in (one, other):
        opened = envelopes.open(each.sealed, kind=KIND, record_id=each.id, into=PersonalPart)
        assert opened.contact_name == "試験 太郎"
    entry = AuditEntry.objects.get(event="technical.erased")
    assert (entry.subject_kind, entry.subject_id, entry.actor, entry.label) == (
        technical.KIND,
        None,
        None,
        "1",
    )
    assert technical.open_for(after, by=member(), at=AT) is None


def test_erasing_goes_in_batches_and_a_second_run_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(technical, "_BATCH", 3)
    for number in range(7):
        stored(origin=ORIGIN, at=AT - timedelta(hours=number))
    young = stored(origin=ORIGIN, at=AT + timedelta(days=20))
    at = AT + timedelta(days=DAYS + 1)
    assert technical.erase_due(at=at) == 7
    labels = (
        AuditEntry.objects.filter(event="technical.erased").order_by("id").values_list("label", flat=True)
    )
    assert list(labels) == ["3", "3", "1"]
    assert technical.erase_due(at=at) == 0
    assert AuditEntry.objects.filter(event="technical.erased").count() == 3
    assert [one.id for one in Consultation.objects.exclude(technical=None)] == [young.id]
    assert [key.record_id for key in RecordKey.objects.filter(kind=technical.KIND)] == [young.id]


def test_a_run_that_breaks_goes_on_where_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(technical, "_BATCH", 2)
    for _ in range(3):
        stored(origin=ORIGIN)
    at, real = AT + timedelta(days=DAYS + 1), audit.record

    def crash(*args: Any, label: str, **kwargs: Any) -> None:
        if label == "1":
            raise DatabaseError
        real(*args, label=label, **kwargs)

    with monkeypatch.context() as database:
        database.setattr(audit, "record", crash)
        with pytest.raises(DatabaseError):
            technical.erase_due(at=at)
    assert Consultation.objects.exclude(technical=None).count() == 1
    # A vault apart has lost the key by then: the blob is dead already, and the next run takes it.
    assert RecordKey.objects.filter(kind=technical.KIND).count() == (0 if APART else 1)
    assert technical.erase_due(at=at) == 1
    assert not Consultation.objects.exclude(technical=None).exists()
    assert not RecordKey.objects.filter(kind=technical.KIND).exists()


def impatient(verb: Verb) -> Verb:
    """The verb, which fails instead of waiting for somebody's lock for ever."""

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        return verb()

    return run


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_somebody_else_holds_is_left_for_the_next_run() -> None:
    held, free = stored(origin=ORIGIN), stored(origin=ORIGIN)
    at = AT + timedelta(days=DAYS + 1)
    with transaction.atomic():
        Consultation.objects.select_for_update().get(id=held.id)
        assert at_once(impatient(lambda: technical.erase_due(at=at))) == [1]
    assert (fresh(held).technical is None, fresh(free).technical is None) == (False, True)
    assert technical.erase_due(at=at) == 1


@pytest.mark.parametrize("clash", ["reference", "token"])
def test_a_submission_that_is_tried_again_or_refused_leaves_no_stray_key_of_either_kind(
    clash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    stored(origin=ORIGIN)
    if clash == "reference":
        stored(origin=ORIGIN)
    else:
        token, edition = Consultation.objects.get().submission_token, policy.in_force(AT.date())
        with pytest.raises(submission.TokenReused):
            submission.submit(
                Answers(email="x@example.jp"), token=token, edition=edition, at=AT, origin=ORIGIN
            )
    ids = set(Consultation.objects.values_list("id", flat=True))
    assert len(ids) == (2 if clash == "reference" else 1)
    keys = [(key.kind, key.record_id) for key in RecordKey.objects.all()]
    assert sorted(keys) == sorted((kind, one) for kind in (KIND, technical.KIND) for one in ids)
    for one in Consultation.objects.all():
        assert technical.open_for(one, by=member(), at=AT) == ORIGIN


def test_sending_a_page_again_from_elsewhere_keeps_the_first_connection() -> None:
    client = Client()
    data = {"action": "submit", **sendable(client)}
    for address in ("203.0.113.5", "203.0.113.6"):
        assert client.post("/consultation/", data, REMOTE_ADDR=address).status_code == 302
    kept = technical.open_for(Consultation.objects.get(), by=member(), at=AT)
    assert kept == Technical("203.0.113.5", "")
    assert RecordKey.objects.count() == 2
