"""第9条 on the home: whether the purge is alive — told to all who see consultations, loudly to who handles them."""

from datetime import timedelta
from unittest import mock

import pytest

from retention.models import PurgeRun
from safeguards.services.staff import Role
from tests.casetra.test_admin_home import as_role, body
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.records import OVER, TODAY, aged, noon, run

pytestmark = pytest.mark.django_db
LATER = noon(TODAY) + timedelta(hours=1)
NOTICE = "home-notice"


def home(role: Role, at: object = LATER) -> str:
    with mock.patch("django.utils.timezone.now", return_value=at):
        client, _ = as_role(role)
        return body(client)


@pytest.mark.parametrize("role", Role)
def test_all_who_see_consultations_read_when_it_last_ended_and_what_is_overdue(role: Role) -> None:
    run()
    aged(OVER - timedelta(days=1))
    page = home(role)
    assert "最後に終わった消去：11月23日 12:00。消去の期限を過ぎた記録：いちばん古いもので1日。" in page
    assert NOTICE not in page


@pytest.mark.parametrize(
    ("role", "told"), [(Role.RECEPTION, True), (Role.PRIVACY_OFFICER, True), (Role.VIEWER, False)]
)
def test_a_purge_that_never_ended_is_told_to_those_who_handle_consultations(role: Role, told: bool) -> None:
    assert ("消去の処理が、まだ一度も終わっていません。" in home(role)) is told


def test_a_silent_purge_and_an_overdue_record_are_told() -> None:
    run()
    assert "消去の処理が、2日以上終わっていません。" in home(Role.RECEPTION, LATER + timedelta(days=2))
    aged(OVER - timedelta(days=9))
    PurgeRun.objects.update(finished_at=LATER)
    assert "消去の期限を9日過ぎた記録があります。" in home(Role.PRIVACY_OFFICER)


def test_without_an_edition_nothing_is_said(editions: Editions) -> None:
    editions.change("facts.toml", ("years = 2", "years = two"))
    page = home(Role.RECEPTION)
    assert "最後に終わった消去" not in page
    assert NOTICE not in page
