"""Logs as JSON lines with a whitelist of fields: what is not named here never reaches a log (第6条)."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

# Fields that our own log calls may add through `extra`: ids, counts and route patterns, never values.
FIELDS = ("method", "route", "status", "ms", "count", "key_id", "exit_code", "database", "fault")

# The id of the request that is being answered, set by casetra.middleware.access_log.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    A message's arguments and an exception's message are left out, since both may quote what a person
    typed or what stands in a row; the template of the message, the exception's class and the places in
    the code remain, which is what finding a fault needs.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
        }
        if identifier := request_id.get():
            line["request_id"] = identifier
        line.update({field: value for field in FIELDS if (value := getattr(record, field, None)) is not None})
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
            line["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        # A whitelisted field that is no plain value is named by its type: its text could be anything.
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)

    @staticmethod
    def _event(record: logging.LogRecord) -> str:
        # A foreign logger's message without arguments may have been formatted before it came here.
        ours = record.name.partition(".")[0] in {"casetra", "retention", "intake", "policy", "safeguards"}
        # A message that is an object (an exception, a form's data) has no template.
        return record.msg if isinstance(record.msg, str) and (ours or record.args) else ""
