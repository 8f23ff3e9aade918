"""2-1, 2-3: what leaves the page of one consultation: the sheet for the meeting, and the connection's data."""

from django.http import HttpResponse

from intake.admin.answers import answers
from intake.admin.desk import shown_by
from intake.admin.envelope import opened
from intake.admin.visit import Visit
from intake.services import reading, technical, triage
from intake.services.reading import Event


def sheet(visit: Visit) -> HttpResponse:
    """The hearing sheet to print; the audit says that it was shown for that."""
    consultation = visit.consultation()
    envelope = opened(visit, consultation, Event.CONSULTATION_PRINTED)
    context = {
        "title": f"ヒアリングシート {consultation.reference}",
        "consultation": consultation,
        "envelope": envelope,
        "steps": answers(consultation, envelope),
        "assignee": triage.name_of(consultation.assignee) if consultation.assignee else "",
        "printed_by": triage.name_of(visit.user),
        "printed_at": visit.at,
    }
    return visit.render("sheet", context)


def _button(visit: Visit) -> str:
    """The button of the page that shows the connection, where there is one to show."""
    consultation = visit.consultation()
    there = consultation.technical and not technical.is_over(consultation, at=visit.at)
    return "接続元の情報を表示する" if there else ""


@shown_by(_button)
def show_technical(visit: Visit) -> HttpResponse:
    """2-3: address and browser, on a page of their own: the personal part stays closed."""
    consultation = visit.consultation()
    context = {
        "title": "接続元の情報",
        "consultation": consultation,
        "kept_days": technical.kept_days(consultation, at=visit.at),
    }
    try:
        context["technical"] = technical.open_for(consultation, by=visit.user, at=visit.at)
    except (technical.SealError, technical.UnknownKey) as error:
        reading.log_fault(error)
        context["is_broken"] = True
    return visit.render("technical", context)
