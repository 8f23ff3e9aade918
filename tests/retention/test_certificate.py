"""第9条: the certificate of a run on staff's page: numbers, days and bare ids, and nothing that anybody said."""

import re
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.test import Client

from intake.models import KIND
from retention.models import PurgeRun
from safeguards.choices import HoldBasis
from safeguards.services import holds
from tests.intake.desk import AT
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, client_of, member
from tests.retention.records import TODAY, aged, run

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "/admin/retention/purgerun/"


def officer() -> Client:
    """Signed in after the run, which ends the sessions that are over by its clock."""
    return client_of(member(*PRIVACY_OFFICER))


def page(client: Client, of: PurgeRun) -> str:
    answer = client.get(f"{LIST}{of.id}/change/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_it_says_what_went_what_stayed_and_until_when_backups_hold_it() -> None:
    aged()
    holds.place(kind=KIND, record_id=aged(), basis=HoldBasis.DISPUTE, at=AT)
    run()
    said = page(officer(), PurgeRun.objects.get())
    for words in (
        "結果 完了",
        "実施者 株式会社MedSelf",
        "（2026年1月2日の版）：最後のやり取りから2年",
        "最後のやり取りが2026年11月22日まで",
        "無料相談 1件",
        "保留中：紛争への対応・権利の行使 1件",
        "消去台帳（safeguards_erasure.record_id） 1行",
        "そのほかのすべての表 0行",
        "消去した記録 2028年12月29日から",
        "このシステムの中についてのものです",
    ):
        assert words in said, words
    assert "消し残し" not in said


def test_it_holds_nothing_of_the_records() -> None:
    record = aged(company_name="試験商事", contact_name="試験 太郎")
    run()
    said = officer().get(f"{LIST}{PurgeRun.objects.get().id}/change/").content.decode()
    for secret in (str(record), "試験", "taro@example.jp"):
        assert secret not in said


def test_a_leftover_stands_on_top() -> None:
    from tests.retention.test_residue import _session

    _session({"to": str(aged())})
    with pytest.raises(CommandError):
        run()
    said = page(officer(), PurgeRun.objects.get())
    assert "消し残しがあります。" in said
    assert "django_session.session_data 1行" in said
    assert "そのほかのすべての表" not in said


def test_a_run_that_nobody_has_looked_after_says_so() -> None:
    aged()
    run()
    PurgeRun.objects.update(residue=None, outcome="stopped")
    assert "まだ確かめていません" in page(officer(), PurgeRun.objects.get())


def test_the_list_has_the_latest_first_with_what_went() -> None:
    aged()
    run()
    run(at=TODAY + timedelta(days=1))
    rows = re.findall(r"<tr>.*?</tr>", officer().get(LIST).content.decode(), re.DOTALL)[1:]
    numbers = [re.findall(r'class="field-number[^>]*>([^<]*)<', row) for row in rows]
    assert numbers == [["0"], ["1"]]
    assert all("完了" in row for row in rows)


@pytest.mark.parametrize("rights", [(), VIEWER, RECEPTION])
def test_only_the_officer_sees_runs(rights: tuple[str, ...]) -> None:
    run()
    client = client_of(member(*rights))
    for path in (LIST, f"{LIST}{PurgeRun.objects.get().id}/change/"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["x", str(uuid4()), "1"])
def test_another_address_is_no_page(path: str) -> None:
    assert officer().get(f"{LIST}{path}/change/").status_code == 404


def test_nobody_adds_changes_or_deletes_a_run(admin_user: User) -> None:
    run()
    client, one = client_of(admin_user), f"{LIST}{PurgeRun.objects.get().id}/"
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{one}delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{one}change/", {}).status_code == 405
    assert client.get(f"{one}history/").status_code == 404
    assert PurgeRun.objects.count() == 1


def test_a_run_that_the_ceiling_stopped_is_no_certificate_and_says_how_many_were_due() -> None:
    for _ in range(2):
        aged()
    with mock.patch("retention.services.purge.CEILING_FROM", 1), pytest.raises(CommandError):
        run("--max-share", "50")
    said = page(officer(), PurgeRun.objects.get())
    assert "消去の実行（消去なし）" in said
    assert "開始の時点で2件" in said
    assert "このシステムの中に残るもの" not in said
