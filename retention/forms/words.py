"""2-1: what staff type into a register is refused where it seems to name a person."""

from collections.abc import Iterable

from django import forms

from retention.services import words


def refuse_persons(form: forms.Form, names: Iterable[str], *, company: str = "", hint: str = "") -> None:
    """Put a message beside each of these fields whose words look personal; what was typed stays in the form."""
    for name in names:
        found = words.personal(form.cleaned_data.get(name, ""), company=company)
        if found:
            label, kinds = form.fields[name].label, "・".join(found)
            form.add_error(
                name,
                f"{label}に、{kinds}のように見える箇所があります。ここには個人の情報を書かずに、"
                f"入力し直してください。{hint}",
            )
