"""2-1: staff's forms beside the list: the exact address to look for, and what to export."""

from django import forms

from intake.forms.fields import EmailField


class SearchForm(forms.Form):
    """A whole address, understood as the hearing form understands it."""

    email = EmailField(
        "メールアドレス",
        limit=254,
        required=True,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 40}),
    )
