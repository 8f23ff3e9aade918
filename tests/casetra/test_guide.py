"""docs/運用手引き.md: every picture in it is there, comes from the command, and is small; its quotes are true."""

import re
import struct
import zlib
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from casetra.admin import today
from tests.casetra.production import CHECKOUT
from tests.guide import camera, png, scene
from tests.guide.shots import SHOTS

GUIDE = CHECKOUT / "docs" / "運用手引き.md"
# Where the words stand that people and operators see.
SAID = ("templates", "static/js", "casetra", "intake", "policy", "retention", "safeguards")
# Quoted, and put together by the code: a part that it holds.
IN_PARTS = {
    "1,000件以上": "件以上",
    "3 sent, 0 refused for good, 0 left after a fault": " refused for good, ",
    "5 erased": " erased",
    "自由記載で絞り込む": "で絞り込む",
    "every key is under（新しい鍵の名前）": "every key is under ",
}
SUFFIXES = {".html", ".txt", ".py", ".js"}
OWN_HEADINGS = {"バックアップから戻す", "プロキシ（nginx）", "自由記載の要確認", "自由記載の確かめ直し"}
IMAGES = CHECKOUT / "docs" / "images"
PICTURES = sorted(IMAGES.iterdir())


def picture(rows: list[list[tuple[int, ...]]], filters: list[int]) -> bytes:
    """A PNG as Chromium could have written it, each row under the named filter."""
    each, raw, above = len(rows[0][0]), b"", bytes(len(rows[0]) * len(rows[0][0]))
    for row, method in zip(rows, filters, strict=True):
        plain = bytes(value for colour in row for value in colour)
        raw += bytes([method]) + filtered(plain, above, each, method)
        above = plain
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, {3: 2, 4: 6}[each], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return png.SIGNATURE + b"".join(
        struct.pack(">I", len(content)) + kind + content + b"\0\0\0\0" for kind, content in chunks
    )


def filtered(row: bytes, above: bytes, each: int, method: int) -> bytes:
    out = bytearray()
    for place, value in enumerate(row):
        left, corner = (row[place - each], above[place - each]) if place >= each else (0, 0)
        up = above[place]
        guess = left + up - corner
        paeth = sorted((left, up, corner), key=lambda each_: abs(guess - each_))[0]
        out.append((value - (0, left, up, (left + up) // 2, paeth)[method]) & 0xFF)
    return bytes(out)


def colours(palette_picture: bytes) -> list[list[tuple[int, ...]]]:
    """A palette PNG read back."""
    width, height = png.size(palette_picture)
    found = {}
    place = len(png.SIGNATURE)
    while place < len(palette_picture):
        length, kind = struct.unpack(">I4s", palette_picture[place : place + 8])
        found[kind] = palette_picture[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(">I", palette_picture[place + 8 + length : place + 12 + length])
        assert checksum == zlib.crc32(kind + found[kind])
        place += length + 12
    palette = [tuple(found[b"PLTE"][n : n + 3]) for n in range(0, len(found[b"PLTE"]), 3)]
    raw = zlib.decompress(found[b"IDAT"])
    rows = [raw[n : n + width + 1] for n in range(0, len(raw), width + 1)]
    assert len(rows) == height
    return [[palette[number] for number in row[1:]] for row in rows]


@pytest.mark.parametrize("channels", [3, 4])
def test_a_picture_of_few_colours_stays_as_it_is_under_every_filter(channels: int) -> None:
    rows = [
        [((x * 40) % 256, (y * 50) % 256, (x * y * 9) % 256, 255)[:channels] for x in range(7)]
        for y in range(5)
    ]
    smaller = colours(png.smaller(picture(rows, [0, 1, 2, 3, 4])))
    assert smaller == [[colour[:3] for colour in row] for row in rows]


def test_of_too_many_colours_the_rare_become_the_nearest_frequent_one() -> None:
    frequent: list[tuple[int, ...]] = [(value, value, value) for value in range(256)]
    rows = [frequent, frequent, [(9, 9, 11), *frequent[1:]]]
    assert colours(png.smaller(picture(rows, [0, 0, 0])))[2][0] == (10, 10, 10)


def test_every_picture_in_the_guide_is_there_and_comes_from_the_command() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert shown
    assert sorted(shown) == sorted(f"{shot.name}.png" for shot in SHOTS)
    assert sorted(shown) == [path.name for path in PICTURES]


def test_the_pictures_are_as_wide_as_the_command_takes_them_and_small() -> None:
    heights = {f"{shot.name}.png": shot.height for shot in SHOTS}
    for path in PICTURES:
        assert png.size(path.read_bytes()) == (camera.WIDTH, heights[path.name])
    assert sum(path.stat().st_size for path in PICTURES) < 1_500_000


@pytest.mark.django_db(databases="__all__")
def test_every_picture_shows_a_page_that_its_user_gets() -> None:
    scene.build()
    got = {}
    for shot in SHOTS:
        browser = Client()
        if shot.user:
            browser.cookies["sessionid"] = scene.session(shot.user)
        got[shot.name] = browser.get(urlsplit(shot.path).path).status_code
    assert got == {shot.name: 200 for shot in SHOTS}


@pytest.mark.django_db
def test_the_guide_explains_every_line_of_the_home_in_its_order() -> None:
    table = (
        GUIDE.read_text(encoding="utf-8")
        .partition("| 行 | することの目安 |\n|---|---|\n")[2]
        .partition("\n\n")[0]
    )
    explained = [row.split("|")[1].strip() for row in table.splitlines()]
    groups = today.groups(User(is_superuser=True, is_active=True), at=timezone.now(), pulse=None)
    assert explained == [line.label for group in groups for line in group.lines]


def test_every_word_that_the_guide_quotes_stands_on_a_page() -> None:
    files = [path for folder in SAID for path in (CHECKOUT / folder).rglob("*") if path.suffix in SUFFIXES]
    said = "".join(path.read_text(encoding="utf-8") for path in files)
    quoted = set(re.findall("「([^」]+)」", GUIDE.read_text(encoding="utf-8"))) - OWN_HEADINGS
    assert [words for words in sorted(quoted) if IN_PARTS.get(words, words) not in said] == []
