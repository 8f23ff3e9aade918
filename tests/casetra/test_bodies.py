"""What a request may carry in its body: UTF-8 text in measure, and no files."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django.fixtures import Settings

from casetra.handler import Handler

URLENCODED = "application/x-www-form-urlencoded"
TYPED = "marker-51d0"
FORM = {"companyName": TYPED, "action": "next"}
FOREIGN = [
    "unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "rot13", "zlib", "hex", "idna", "punycode", "undefined",
    "shift_jis", "iso-8859-1", "ascii", "utf-8-sig", "no-such-charset", "",
]  # fmt: skip
LARGE = 5_000_000
TOO_MUCH = "<h1>入力の量が多すぎます</h1>"
GENERAL = "<h1>リクエストを受け付けられませんでした</h1>"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def body(content_type: str) -> bytes:
    # Bytes that the escaping codecs stumble over stand in a field's name and in its value.
    if content_type == URLENCODED:
        return f"companyName={TYPED}&%5Cu12=%5Cx&action=next".encode()
    return encode_multipart(BOUNDARY, {**FORM, "\\u12": "\\x"})


@pytest.mark.parametrize("charset", FOREIGN)
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART_CONTENT])
def test_a_body_in_another_charset_is_a_bad_request(visitor: Client, content_type: str, charset: str) -> None:
    sent = f"{content_type}; charset={charset}"
    response = visitor.generic("POST", "/consultation/", body(content_type), sent)
    assert response.status_code == 400
    assert GENERAL in response.content.decode()
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "X-Request-Id"):
        assert name in response.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "parameter",
    [f"charset={name}" for name in FOREIGN] + ["charset*=none''x", "charset*=idna''%ff", "a*=none''x"],
)
def test_no_charset_gets_at_the_addresss_query(rf: RequestFactory, method: str, parameter: str) -> None:
    # Django alone reads the query in that charset while it makes the request, out of every handler's reach.
    content_type = f"{URLENCODED}; {parameter}"
    request = rf.generic(method, f"/privacy/history/?old={TYPED}", body(URLENCODED))
    assert status(request.META | {"CONTENT_TYPE": content_type}) == 400


def test_the_handler_serves_what_names_utf_8_or_nothing(rf: RequestFactory) -> None:
    for content_type in ("", "text/plain", "text/plain; charset=UTF-8", "text/plain; charset=utf8"):
        request = rf.get(f"/privacy/history/?old={TYPED}", headers={"content-type": content_type})
        assert status(request.META) == 200


def status(environ: dict[str, Any]) -> int:
    """The status with which the WSGI application itself answers."""
    answered: list[str] = []

    def start_response(line: str, headers: object, exc_info: object = None) -> Callable[[bytes], object]:
        answered.append(line)
        return bytes

    Handler()(environ, start_response).close()
    return int(answered[0].split()[0])


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "Utf8", '"utf-8"'])
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART_CONTENT])
def test_utf_8_may_be_named_in_every_usual_spelling(visitor: Client, content_type: str, charset: str) -> None:
    sent = f"{content_type}; charset={charset}"
    response = visitor.generic("POST", "/consultation/", body(content_type), sent)
    assert response.status_code == 200
    assert TYPED in response.content.decode()


def test_a_file_part_is_dropped_and_leaves_no_temporary_file(
    visitor: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")  # a temporary file could not be made: 500
    file = SimpleUploadedFile("a.bin", b"x" * LARGE)
    response = visitor.post("/consultation/", {"before": file, **FORM, "companyName": TYPED, "after": file})
    assert response.status_code == 200
    assert TYPED in response.content.decode()


def test_a_file_part_is_never_held_in_memory(rf: RequestFactory) -> None:
    file = SimpleUploadedFile("a.bin", b"x" * LARGE)
    request = rf.post("/consultation/", {"file": file, **FORM})
    tracemalloc.start()
    try:
        assert (request.POST.dict(), request.FILES.dict()) == (FORM, {})
        assert tracemalloc.get_traced_memory()[1] < LARGE / 5
    finally:
        tracemalloc.stop()


def test_a_small_file_part_is_dropped_too(rf: RequestFactory) -> None:
    request = rf.post("/consultation/", {"file": SimpleUploadedFile("a.txt", b"x"), **FORM})
    assert (request.POST.dict(), request.FILES.dict()) == (FORM, {})


@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART_CONTENT])
def test_a_text_that_is_too_long_is_told_so(visitor: Client, settings: Settings, content_type: str) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert limit is not None

    def post(length: int) -> tuple[int, str]:
        data = {"a": "a" * length}
        sent = encode_multipart(BOUNDARY, data) if content_type == MULTIPART_CONTENT else f"a={data['a']}"
        response = visitor.generic("POST", "/consultation/", sent, content_type)
        return response.status_code, response.content.decode()

    assert post(limit - 3)[0] == 200
    status, page = post(limit + 1)
    assert status == 400
    assert TOO_MUCH in page
    assert "文章を短くして" in page
    assert "「戻る」" in page


def test_too_many_fields_are_told_so(visitor: Client) -> None:
    assert visitor.post("/consultation/", {f"field{n}": "" for n in range(500)}).status_code == 200
    response = visitor.post("/consultation/", {f"field{n}": "" for n in range(501)})
    assert response.status_code == 400
    assert TOO_MUCH in response.content.decode()


@pytest.mark.parametrize("boundary", ["", "; boundary=", f"; boundary={'b' * 300}"])
def test_any_other_fault_of_a_body_keeps_the_general_text(visitor: Client, boundary: str) -> None:
    response = visitor.post("/consultation/", b"x", content_type=f"multipart/form-data{boundary}")
    assert response.status_code == 400
    assert GENERAL in response.content.decode()
    assert "多すぎます" not in response.content.decode()
