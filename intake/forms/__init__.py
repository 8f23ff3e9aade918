"""2-1: what is typed, its shape and its messages. Nothing is stored here.

`hearing` is the public form; `desk` and `state` are staff's forms on the page of one consultation, `erasure` its
last one, `lists` those beside the list; `fields` are what all ask with.
"""

from intake.forms.hearing import HearingForm

__all__ = ["HearingForm"]
