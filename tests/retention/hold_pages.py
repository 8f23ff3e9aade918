"""Staff's pages of legal holds by the test client: their addresses, and who looks."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from intake.models import Consultation
from retention.models import LegalHold
from tests.intake.desk_page import consultation
from tests.intake.staff import PRIVACY_OFFICER, client_of, member

LIST = "/admin/retention/legalhold/"
REVIEW = "2027-03-31"


@pytest.fixture
def one() -> Consultation:
    return consultation()


@pytest.fixture
def officer() -> User:
    return member(*PRIVACY_OFFICER, last_name="kanri")


@pytest.fixture
def client(officer: User) -> Client:
    return client_of(officer)


def page_of(legal: LegalHold) -> str:
    return f"{LIST}{legal.pk}/change/"


def placing(one: Consultation) -> str:
    return f"{LIST}place/{one.pk}/"


def told(client: Client, address: str) -> list[str]:
    return [str(message) for message in client.get(address).context["messages"]]
