"""第9条: the register of places outside — added, changed, put aside, and what the audit says of it."""

import pytest
from django.contrib.auth.models import User

from retention.models import Place
from retention.services import places
from retention.services.places import Entry, NameTaken, Outdated, TooMany
from safeguards.models import AuditEntry
from tests.intake.staff import member
from tests.retention.places import AT, mailbox, said

pytestmark = pytest.mark.django_db

KIND = "retention.place"
NEW = Entry("倉庫の書類", "廃棄してください。")


@pytest.fixture
def by() -> User:
    return member()


def test_a_new_place_stands_behind_the_others(by: User) -> None:
    place_id = places.add(NEW, by=by, at=AT)
    *others, last = places.in_use()
    assert (last.id, last.name, last.what_to_do, last.order) == (place_id, NEW.name, NEW.what_to_do, 5)
    assert len(others) == 5
    assert said(place_id, kind=KIND) == [("places.changed", "added", by.pk)]


def test_the_first_place_of_all_has_the_first_number(by: User) -> None:
    Place.objects.all().delete()
    places.add(NEW, by=by, at=AT)
    assert [place.order for place in places.in_use()] == [0]


def test_a_change_writes_what_differs_and_names_the_fields(by: User) -> None:
    place = mailbox()
    entry = Entry("共有メールボックス", place.what_to_do)
    assert places.change(place.id, entry, seen=1, by=by, at=AT) == ["name"]
    assert places.change(place.id, entry, seen=2, by=by, at=AT) == []
    place.refresh_from_db()
    assert (place.name, place.version) == ("共有メールボックス", 2)
    assert said(place.id, kind=KIND) == [("places.changed", "name", by.pk)]


def test_a_place_put_aside_stays_and_comes_back_where_it_was(by: User) -> None:
    place = mailbox()
    places.change(place.id, Entry(place.name, place.what_to_do, in_use=False), seen=1, by=by, at=AT)
    assert place.name not in [each.name for each in places.in_use()]
    places.change(place.id, Entry(place.name, place.what_to_do), seen=2, by=by, at=AT)
    assert places.in_use()[0].name == place.name
    assert said(place.id, kind=KIND) == [("places.changed", "in_use", by.pk)] * 2


def test_two_places_of_one_name_are_refused_and_nothing_is_written(by: User) -> None:
    entries = AuditEntry.objects.count()
    with pytest.raises(NameTaken):
        places.add(Entry(mailbox().name, "消す"), by=by, at=AT)
    other = places.in_use()[1]
    with pytest.raises(NameTaken):
        places.change(other.id, Entry(mailbox().name, "消す"), seen=1, by=by, at=AT)
    other.refresh_from_db()
    assert (other.name, other.version, Place.objects.count()) == ("予定表（カレンダー）", 1, 5)
    assert AuditEntry.objects.count() == entries


def test_no_more_places_than_anybody_ticks_are_in_use_at_a_time(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST", 5)
    with pytest.raises(TooMany):
        places.add(NEW, by=by, at=AT)
    aside = places.add(Entry(NEW.name, NEW.what_to_do, in_use=False), by=by, at=AT)
    with pytest.raises(TooMany):
        places.change(aside, NEW, seen=1, by=by, at=AT)
    assert places.change(mailbox().id, Entry("メール", "消す"), seen=1, by=by, at=AT) == [
        "name",
        "what_to_do",
    ]


def test_who_saves_a_page_that_a_colleague_has_changed_since_overwrites_nothing(by: User) -> None:
    place = mailbox()
    places.change(place.id, Entry("受信箱", place.what_to_do), seen=1, by=by, at=AT)
    with pytest.raises(Outdated):
        places.change(place.id, Entry(place.name, "別の手順"), seen=1, by=by, at=AT)
    place.refresh_from_db()
    assert (place.name, place.what_to_do != "別の手順") == ("受信箱", True)
