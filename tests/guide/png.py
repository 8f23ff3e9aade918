"""Makes a screenshot small: the same picture with at most 256 colours, as pages of text hardly have more.

Reads what Chromium writes (8 bits a channel, RGB or RGBA, not interlaced) and writes a palette; the alpha is dropped,
since a screenshot is opaque. No imaging library is worth a dependency for this.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}  # PNG's colour types: RGB, RGBA
_MOST = 256

Colour = tuple[int, ...]


def smaller(picture: bytes) -> bytes:
    """The picture with a palette; rare colours become the nearest of the 256 most frequent."""
    width, rows = _read(picture)
    counted = Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _ in counted.most_common(_MOST)]
    index = {colour: place for place, colour in enumerate(palette)}
    for colour in counted.keys() - index.keys():
        index[colour] = min(range(len(palette)), key=lambda place: _distance(palette[place], colour))
    raw = b"".join(b"\0" + bytes(map(index.__getitem__, row)) for row in rows)
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", bytes(value for colour in palette for value in colour)),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _read(picture: bytes) -> tuple[int, list[list[Colour]]]:
    """The width, and the colours row by row."""
    chunks = list(_chunks(picture))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != 8 or kind not in _CHANNELS or interlaced:
        raise ValueError("not a PNG as Chromium writes them")
    each = _CHANNELS[kind]
    data = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    before, rows, stride = bytearray(width * each), [], width * each + 1
    for start in range(0, height * stride, stride):
        before = _unfiltered(data[start], bytearray(data[start + 1 : start + stride]), before, each)
        rows.append(list(zip(*(before[channel::each] for channel in range(3)), strict=True)))
    return width, rows


def _unfiltered(method: int, row: bytearray, above: bytearray, each: int) -> bytearray:
    """The row as it was before PNG's filter (its numbers 0 to 4) took the neighbours off."""
    for place, value in enumerate(row) if method else ():
        left = row[place - each] if place >= each else 0
        up, corner = above[place], above[place - each] if place >= each else 0
        match method:
            case 1:
                value += left
            case 2:
                value += up
            case 3:
                value += (left + up) // 2
            case _:
                value += _paeth(left, up, corner)
        row[place] = value & 0xFF
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    """Whichever neighbour is nearest to left + up - corner; the first of equals."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda neighbour: abs(guess - neighbour))


def _distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        yield kind, picture[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
