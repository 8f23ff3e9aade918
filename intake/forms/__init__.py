"""2-1: what is typed, its shape and its messages. Nothing is stored here.

`hearing` is the public form, `desk` staff's forms on the page of one consultation; `fields` are what both ask with.
"""

from intake.forms.hearing import HearingForm

__all__ = ["HearingForm"]
