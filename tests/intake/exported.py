"""The page of the export: what is asked of it, and reading the file that it answers with."""

import csv
import io
from collections.abc import Iterable
from typing import cast

from django.http import StreamingHttpResponse

from tests.intake.client import Answer

URL = "/admin/intake/consultation/export/"
ALL = {"received_from": "", "received_to": "", "status": ""}
PERSONAL = {**ALL, "contents": "personal", "confirmed": "on"}


def raw(answer: Answer) -> bytes:
    assert isinstance(answer, StreamingHttpResponse), answer.content.decode()
    return b"".join(cast(Iterable[bytes], answer.streaming_content))


def table(answer: Answer) -> list[list[str]]:
    text = raw(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def rows(answer: Answer) -> list[dict[str, str]]:
    head, *lines = table(answer)
    return [dict(zip(head, line, strict=True)) for line in lines]
