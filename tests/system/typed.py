"""What staff type into the pages' own forms, with marks: refused by the form, by the database, and then taken."""

from dataclasses import dataclass

from django.utils import timezone

from tests.system.client import Client, Fields, Page
from tests.system.desk import NOTE
from tests.system.faults import statement
from tests.system.marks import KANJI, LATIN
from tests.system.server import Database

LIST = "/admin/intake/consultation/"
ADDRESS = f"typed.{LATIN}@{LATIN}.example.jp"
BAD_ADDRESS = [("email", f"{LATIN}@")]
SHOWN_AGAIN = 3  # pages of the consultation, each opening it once more: contact, address, correction


@dataclass(frozen=True)
class Form:
    """A form's address, what is typed and what it refuses, and the table that refuses (or none: nothing is written)."""

    path: str
    typed: Fields
    refused: Fields
    table: str = ""


def work(client: Client, database: Database, *, record_id: object, account_id: object) -> dict[str, Page]:
    """Every form's answers, by form and what became of it."""
    answers = {}
    account = f"/admin/auth/user/{account_id}/change/"
    for name, form in _forms(f"{LIST}{record_id}/", account).items():

        def send(fields: Fields, path: str = form.path) -> Page:
            return client.post(path, [*_around(client, database, record_id), *fields])

        answers[f"{name}, refused by the form"] = send(form.refused)
        if form.table:
            refuse = f"ALTER TABLE {form.table} ADD CONSTRAINT planted CHECK (false) NOT VALID"
            with statement(database, refuse, f"ALTER TABLE {form.table} DROP CONSTRAINT planted"):
                answers[f"{name}, refused by the database"] = send(form.typed)
        answers[f"{name}, taken"] = send(form.typed)
    # Names of staff stand in clear, by design: what remains of this one is the admin's own log of the change.
    answers["account, as before"] = client.post(
        account, [*_around(client, database, record_id), *_account("")]
    )
    return answers


def _forms(one: str, account: str) -> dict[str, Form]:
    call = [("kind", "telephone.in"), ("on", f"{timezone.localdate()}"), ("note", NOTE)]
    email = [("email", ADDRESS)]
    return {
        "contact": Form(f"{one}contacts/", call, call[1:], "intake_contact"),
        "address": Form(f"{one}address/", email, BAD_ADDRESS),
        "correction": Form(f"{one}address/correct/", email, BAD_ADDRESS, "intake_consultation"),
        "search": Form(f"{LIST}by-email/", email, BAD_ADDRESS, "safeguards_auditentry"),
        "account": Form(account, _account(KANJI), [*_account(KANJI), *BAD_ADDRESS], "django_admin_log"),
    }


def _account(last_name: str) -> Fields:
    """A superuser's form, with this name."""
    ticked = [(name, "on") for name in ("is_superuser", "is_active", "is_staff")]
    return [("last_name", last_name), *ticked]


def _around(client: Client, database: Database, record_id: object) -> Fields:
    """What every page of a consultation sends unseen: a token, and the version that was looked at."""
    with database.connect() as connection:
        query = "SELECT version FROM intake_consultation WHERE id = %s"
        ((version,),) = connection.execute(query, [record_id]).fetchall()
    return [*client.get("/admin/").hidden(), ("version", str(version))]
