"""What we are measured against: the same fields in the plainest Django, every answer in clear in one row."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from intake.choices import QUESTIONS, Kind, Question


def _form_field(question: Question) -> forms.Field:
    choices = question.options.choices if question.options else []
    match question.kind:
        case Kind.ONE:
            return forms.ChoiceField(required=False, choices=[("", ""), *choices])
        case Kind.MANY:
            return forms.MultipleChoiceField(required=False, choices=choices)
        case Kind.EMAIL:
            return forms.EmailField(max_length=question.limit)
        case _:
            return forms.CharField(required=False, max_length=question.limit)


def _column(question: Question) -> "models.Field[object, object]":
    if question.kind is Kind.MANY:
        return ArrayField(models.CharField(max_length=30))
    return models.TextField()


# Declared once at import, as everybody writes forms and models.
BareForm = type("BareForm", (forms.Form,), {q.key: _form_field(q) for q in QUESTIONS})


class _Meta:
    app_label = "bench"
    db_table = "bench_bare"


BareRow: type[models.Model] = type(
    "BareRow",
    (models.Model,),
    {"__module__": __name__, "Meta": _Meta, **{question.key: _column(question) for question in QUESTIONS}},
)


def submit(request: HttpRequest) -> HttpResponse:
    """Validate, insert one row, redirect."""
    form = BareForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    BareRow._default_manager.create(**form.cleaned_data)
    return HttpResponseRedirect("/consultation/thanks/")


def page(request: HttpRequest) -> HttpResponse:
    """A page without a template: what the middleware alone costs."""
    return HttpResponse("ok")
