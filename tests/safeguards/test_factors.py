"""第6条: the second factor — sealed and bound to its account, never passed twice, reset by others alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import IntegrityError, connections
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from safeguards.models import FACTOR, AuditEntry, Factor, RecordKey
from safeguards.rules import keyring, totp
from safeguards.services import factors, recovery_codes, sealed_factors
from tests.staff import codes_of

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 22, 3, 0, 10, tzinfo=UTC)


@pytest.fixture
def account() -> User:
    return User.objects.create_user("hanako", is_staff=True)


@pytest.fixture
def other() -> User:
    return User.objects.create_user("taro", is_staff=True)


def code(secret: str, *, at: datetime = AT) -> str:
    return totp.code(secret, step=totp.step(at))


def begin(account: User) -> tuple[UUID, str]:
    factor_id = factors.begin(account, at=AT)
    return factor_id, sealed_factors.read(Factor.objects.get(id=factor_id)).secret


def enrol(account: User) -> str:
    factor_id, secret = begin(account)
    assert factors.confirm(account, factor_id, code(secret), at=AT)
    return secret


def events() -> list[tuple[str, str]]:
    return [(entry.event, entry.label) for entry in AuditEntry.objects.order_by("id")]


def test_a_factor_counts_from_its_first_right_code(account: User) -> None:
    factor_id, secret = begin(account)
    assert not factors.confirm(account, factor_id, "000000", at=AT)
    assert factors.confirmed_id(account) is None
    assert events() == []
    assert factors.confirm(account, factor_id, code(secret), at=AT)
    assert factors.confirmed_id(account) == factor_id
    label = f"user {account.pk}"
    assert events() == [("staff.factor_added", label), ("staff.recovery_codes_made", label)]
    assert not factors.confirm(account, factor_id, code(secret), at=AT)


def test_every_set_up_shows_a_fresh_secret_and_forgets_the_one_before(account: User) -> None:
    (first, old), (second, new) = begin(account), begin(account)
    assert old != new
    assert factors.enrolment(account, first) is None
    shown = factors.enrolment(account, second)
    assert shown is not None
    assert (shown.secret.replace(" ", ""), new in shown.uri) == (new, True)
    assert Factor.objects.count() == 1


def test_nobody_confirms_or_sees_the_set_up_of_another_account(account: User, other: User) -> None:
    factor_id, secret = begin(account)
    assert factors.enrolment(other, factor_id) is None
    assert not factors.confirm(other, factor_id, code(secret), at=AT)


def test_no_code_passes_twice_nor_does_an_older_one(account: User) -> None:
    secret, later = enrol(account), AT + timedelta(seconds=60)
    assert not factors.accepts(account, code(secret), at=AT)  # the one that confirmed
    assert factors.accepts(account, code(secret, at=later), at=later)
    assert not factors.accepts(account, code(secret, at=later), at=later)
    assert not factors.accepts(account, code(secret, at=later - timedelta(seconds=30)), at=later)
    assert factors.accepts(account, code(secret, at=later + timedelta(seconds=30)), at=later)


def test_a_recovery_code_passes_once_and_leaves_its_entry(account: User) -> None:
    enrol(account)
    first, second = codes_of(account)[:2]
    assert recovery_codes.accepts(account, first, at=AT)
    assert not recovery_codes.accepts(account, first, at=AT)
    assert recovery_codes.left(account) == 9
    assert events()[-1] == ("staff.recovery_code_used", f"user {account.pk}, 9 left")
    assert recovery_codes.accepts(account, second, at=AT)


def test_the_codes_are_shown_until_they_are_noted_down(account: User) -> None:
    enrol(account)
    shown = recovery_codes.to_note(account)
    assert [text.replace("-", "") for text in shown] == list(codes_of(account))
    recovery_codes.note_down(account, at=AT)
    assert recovery_codes.to_note(account) == []


def test_new_codes_make_the_old_ones_worthless_and_keep_the_app_and_its_last_step(
    account: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    secret, old = enrol(account), codes_of(account)
    before = Factor.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert recovery_codes.renew(account, at=AT) == Factor.objects.get().id != before.id
    assert not recovery_codes.accepts(account, old[0], at=AT)
    assert recovery_codes.accepts(account, codes_of(account)[0], at=AT)
    assert not factors.accepts(account, code(secret), at=AT)
    assert factors.accepts(account, code(secret, at=AT + timedelta(seconds=30)), at=AT)
    assert list(RecordKey.objects.values_list("record_id", flat=True)) == [Factor.objects.get().id]


def test_another_app_takes_the_place_of_the_first_at_its_first_code(
    account: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = enrol(account)
    factor_id, new = begin(account)
    later = AT + timedelta(seconds=60)
    assert factors.accepts(account, code(old, at=later), at=later)
    with django_capture_on_commit_callbacks(execute=True):
        assert factors.confirm(account, factor_id, code(new, at=later), at=later)
    assert [event for event, _ in events()][-3:] == [
        "staff.factor_removed",
        "staff.factor_added",
        "staff.recovery_codes_made",
    ]
    assert Factor.objects.get().id == factor_id == RecordKey.objects.get().record_id


def test_neither_secret_nor_codes_stand_in_the_database_in_clear(account: User) -> None:
    secret = enrol(account)
    raw = totp._raw(secret)
    found = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT to_json(t)::text FROM "{table}" t')  # noqa: S608
                found += [str(row[0]) for row in cursor.fetchall()]
    text = "\n".join(found)
    assert str(Factor.objects.get().id) in text  # so that what is searched for would be found
    for clear in (secret, secret.encode().hex(), raw.hex(), *codes_of(account)):
        assert clear not in text
        assert clear.encode().hex() not in text


def test_a_row_moved_to_another_account_opens_nothing(account: User, other: User) -> None:
    secret = enrol(account)
    Factor.objects.update(account=other)
    with pytest.raises(factors.FactorUnreadable, match="another account"):
        factors.accepts(other, code(secret, at=AT + timedelta(seconds=30)), at=AT)


def test_an_envelope_copied_to_another_accounts_row_opens_nothing(account: User, other: User) -> None:
    secret = enrol(account)
    enrol(other)
    Factor.objects.filter(account=other).update(sealed=Factor.objects.get(account=account).sealed)
    with pytest.raises(factors.FactorUnreadable, match="does not open"):
        factors.accepts(other, code(secret, at=AT + timedelta(seconds=30)), at=AT)


def test_a_rotated_keyring_still_opens_the_factor_and_without_the_old_key(
    account: User, settings: Settings
) -> None:
    secret = enrol(account)
    old = settings.CASETRA_KEYRING
    fresh = keyring.parse(keyring.generate(key_id="fresh"))
    settings.CASETRA_KEYRING = keyring.Keyring({**fresh.keys, **old.keys}, old.lookup_key)
    call_command("rotate_keys", verbosity=0)
    settings.CASETRA_KEYRING = keyring.Keyring(fresh.keys, old.lookup_key)
    assert factors.accepts(account, code(secret, at=AT + timedelta(seconds=30)), at=AT)


def test_the_database_holds_one_factor_and_one_set_up_an_account(account: User) -> None:
    enrol(account)
    begin(account)
    with pytest.raises(IntegrityError, match="factor_one_in_set_up"):
        Factor.objects.create(id=UUID(int=1), account=account, sealed=b"", created_at=AT)


def officer(user: User) -> User:
    user.user_permissions.add(Permission.objects.get(codename="reset_factor"))
    return User.objects.get(pk=user.pk)


def test_a_reset_takes_factor_and_keys_and_says_who_did_it(
    account: User, other: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    enrol(account)
    with django_capture_on_commit_callbacks(execute=True):
        assert factors.reset(account, by=officer(other), at=AT)
    assert not Factor.objects.exists()
    assert not RecordKey.objects.filter(kind=FACTOR).exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.label, entry.actor) == ("staff.factor_reset", f"user {account.pk}", other)
    assert not factors.reset(account, by=officer(other), at=AT)


def test_nobody_resets_their_own_factor_nor_an_officer_a_superusers(account: User, other: User) -> None:
    enrol(account)
    for by in (account, officer(account), other):
        with pytest.raises(factors.ResetRefused):
            factors.reset(account, by=by, at=AT)
    User.objects.filter(pk=account.pk).update(is_superuser=True)
    account.refresh_from_db()
    with pytest.raises(factors.ResetRefused):
        factors.reset(account, by=officer(other), at=AT)
    assert Factor.objects.exists()
    assert factors.reset(account, by=User.objects.create_superuser("root"), at=AT)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_eight_who_give_one_code_at_once_one_passes(account: User) -> None:
    secret, later = enrol(account), AT + timedelta(seconds=60)
    start = threading.Barrier(8)

    def give(_: int) -> bool:
        try:
            start.wait()
            return factors.accepts(account, code(secret, at=later), at=later)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(give, range(8))) == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_eight_who_give_one_recovery_code_at_once_one_passes(account: User) -> None:
    enrol(account)
    typed, start = codes_of(account)[0], threading.Barrier(8)

    def give(_: int) -> bool:
        try:
            start.wait()
            return recovery_codes.accepts(account, typed, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(give, range(8))) == 1
    assert recovery_codes.left(account) == 9
