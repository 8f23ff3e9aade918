"""Invented consultations for demonstrations and measurements; every name in them says that it is made up.

`words` are the raw material, `prospects` fill in the form, `courses` say what staff then do, `stories` put both on
a calendar, and `stage` plays them through the services. Up to the stage nothing knows a database or a clock.
"""
