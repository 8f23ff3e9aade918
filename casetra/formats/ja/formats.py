"""Times as our own pages write them, 07:33 and not 7:33, on the pages that are Django's."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y年n月j日 H:i"
SHORT_DATETIME_FORMAT = "Y/m/d H:i"
