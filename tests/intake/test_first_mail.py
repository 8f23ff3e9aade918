"""2-1: what is stored stands, whatever happens to its first mail; nobody is told otherwise."""

from unittest import mock

import pytest

from intake.models import Consultation
from intake.services import correction
from tests.intake.desk import AT, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_whoever_sends_the_form_gets_a_receipt_when_the_database_goes_away_before_the_mail() -> None:
    with mock.patch("intake.services.mail.send_first", side_effect=RuntimeError("planted")) as tried:
        consultation = stored()
    assert tried.called
    assert Consultation.objects.filter(id=consultation.id).exists()


def test_an_address_is_corrected_when_its_mail_fails_unforeseen() -> None:
    consultation = stored()
    with mock.patch("intake.services.mail.send_first", side_effect=RuntimeError("planted")) as tried:
        correction.correct_address(
            consultation.id, email="hanako@example.jp", seen=consultation.version, by=member(), at=AT
        )
    assert tried.called
    assert fresh(consultation).version == 2
