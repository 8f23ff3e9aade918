"""Invented consultations: the same every time, acceptable to the form, and recognisably nobody's."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address, ip_network
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from casetra.demo import plots, prospects
from casetra.demo.courses import BRIEF, COURSES, Course
from casetra.demo.stories import Bounced, Corrected, Story, Submitted, Talked, story
from intake.choices import QUESTIONS
from intake.forms import HearingForm
from intake.rules.answers import Answers
from intake.rules.progress import check
from intake.services.triage import Status

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tokyo"))
DOCUMENTS = [ip_network("192.0.2.0/24"), ip_network("2001:db8::/32")]


def told(count: int, *, seed: int = 1, now: datetime = NOW) -> list[Story]:
    return [story(seed, number, now=now) for number in range(count)]


def sent(answers: Answers) -> HearingForm:
    """The form as a browser would send it."""
    data, values = QueryDict(mutable=True), asdict(answers)
    for question in QUESTIONS:
        value = values[question.field]
        data.setlist(question.key, list(value) if isinstance(value, tuple) else [value])
    return HearingForm(data)


def test_the_same_seed_and_day_give_the_same_stories() -> None:
    assert told(80) == told(80)


def test_another_seed_gives_others() -> None:
    both = zip(told(80), told(80, seed=2), strict=True)
    assert all(one.record_id != other.record_id and one.answers != other.answers for one, other in both)


def test_a_story_keeps_its_id_and_its_answers_on_the_next_day() -> None:
    for today, tomorrow in zip(told(80), told(80, now=NOW + timedelta(days=1)), strict=True):
        assert (today.record_id, today.answers) == (tomorrow.record_id, tomorrow.answers)


def test_the_form_takes_every_invented_answer() -> None:
    for each in told(400):
        form = sent(each.answers)
        assert form.is_valid(), form.errors
        assert form.answers() == each.answers


def test_every_address_is_one_that_nobody_has() -> None:
    for each in told(400):
        assert each.answers.email.endswith("@example.jp")
        assert any(ip_address(each.origin.address) in network for network in DOCUMENTS)


def test_no_reference_or_id_comes_twice() -> None:
    numbers = range(20_000)
    assert len({prospects.reference_number(1, number) for number in numbers}) == len(numbers)
    assert len({prospects.identifier(1, "records", number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_no_step_is_still_to_come_and_each_follows_the_one_before(hour: int) -> None:
    now = NOW.replace(hour=hour, minute=2)
    for each in [*told(300, now=now), *(story(1, number, now=now) for number in range(5_000, 5_300))]:
        moments = [step.at for step in each.steps]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        assert isinstance(each.steps[0], Submitted)
        assert now - moments[0] < timedelta(days=plots.SPAN + 1)


@pytest.mark.parametrize("course", [*COURSES, *BRIEF], ids=lambda course: course.name)
def test_every_course_goes_by_the_rules(course: Course) -> None:
    present = Status.NEW
    for beat in course.beats:
        check(present, beat.status)
        present = beat.status


@pytest.mark.parametrize("days", range(7))
def test_some_are_due_today_and_some_overdue_on_every_day_of_the_week(days: int) -> None:
    now = NOW + timedelta(days=days)
    planned = {last.next_on for each in told(len(plots.OPENINGS), now=now) if (last := _last_talk(each))}
    days_due = {day for day in planned if day}
    assert now.date() in days_due
    assert min(days_due) < now.date() < max(days_due)


def _last_talk(each: Story) -> Talked | None:
    return next((step for step in reversed(each.steps) if isinstance(step, Talked)), None)


def test_an_opening_falls_on_its_day() -> None:
    (talk,) = [step for step in story(1, 2, now=NOW).steps if isinstance(step, Talked)]
    assert plots.OPENINGS[2] == plots.Opening("won", 1, due_in=0)
    assert talk.next_on == date(2026, 11, 23)  # in Tokyo it is past midnight


def test_a_mistyped_address_bounces_and_is_corrected() -> None:
    (each,) = [each for each in told(18) if any(isinstance(step, Corrected) for step in each.steps)]
    bounced = next(step for step in each.steps if isinstance(step, Bounced))
    corrected = next(step for step in each.steps if isinstance(step, Corrected))
    assert bounced.at < corrected.at
    assert corrected.email != each.answers.email
    assert corrected.email.endswith(each.answers.email)


def test_more_consultations_add_to_the_fewer() -> None:
    few, many = plots.in_order(1, 50, now=NOW), plots.in_order(1, 90, now=NOW)
    assert set(few) < set(many)
    assert [number for number in many if number < 50] == list(few)
