"""Reads typed values out of TOML tables and notes every one that will not do."""

import re
from datetime import date, datetime

_WIRE_NAME = re.compile(r"[a-z][A-Za-z0-9]*")


class Table:
    """One TOML table being read: each reader takes a key and notes a finding when its value will not do."""

    def __init__(self, values: object, where: str, findings: list[str]) -> None:
        self._where, self._findings = where, findings
        if not isinstance(values, dict):
            self._findings.append(f"{where} must be a table")
            values = {}
        self._rest: dict[str, object] = dict(values)

    def text(self, key: str, *, needed: bool = True) -> str:
        """Text; empty only where it is not `needed`."""
        value = self._rest.pop(key, None)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self._find(key, "must be text" if not needed else "must be text that is not empty")
            return ""
        return value.strip()

    def wire_name(self, key: str) -> str:
        """The name of a form input."""
        value = self.text(key)
        if value and not _WIRE_NAME.fullmatch(value):
            self._find(key, "must be an input name such as employeeCount")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        values = self._rest.pop(key, [])
        if not isinstance(values, list) or not all(
            isinstance(value, str) and value.strip() for value in values
        ):
            self._find(key, "must be a list of texts")
            return ()
        return tuple(values)

    def one_of(self, key: str, *allowed: str) -> str:
        """One of the words allowed."""
        value = self._rest.pop(key, None)
        if value not in allowed:
            self._find(key, f"must be {' or '.join(allowed)}")
            return allowed[0]
        return str(value)

    def integer(self, key: str, minimum: int) -> int:
        """A whole number of at least `minimum`."""
        value = self._rest.pop(key, None)
        # bool is an int to Python, never to us.
        if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
            self._find(key, f"must be a whole number of at least {minimum}")
            return minimum
        return value

    def boolean(self, key: str) -> bool:
        """true or false, written out."""
        value = self._rest.pop(key, None)
        if not isinstance(value, bool):
            self._find(key, "must be true or false")
        return value is True

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._rest.pop(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._find(key, "must be a date such as 2026-01-02, without quotes")
            return date.min
        return value

    def table(self, key: str) -> "Table":
        """The table inside; absent reads as an empty one."""
        return Table(self._rest.pop(key, {}), self._path(key), self._findings)

    def tables(self, key: str) -> list["Table"]:
        """The list of tables inside; absent is empty."""
        values = self._rest.pop(key, [])
        if not isinstance(values, list):
            self._find(key, "must be a list of tables")
            return []
        return [Table(value, f"{self._path(key)}[{i}]", self._findings) for i, value in enumerate(values)]

    def done(self) -> None:
        """A key that nobody reads is a spelling mistake, and a promise that nobody keeps."""
        for key in self._rest:
            self._find(key, "is not a known key")

    def _path(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _find(self, key: str, fault: str) -> None:
        # ascii(): messages stay readable on any terminal, whatever the file's keys are.
        self._findings.append(f"{ascii(self._path(key))[1:-1]} {fault}")
