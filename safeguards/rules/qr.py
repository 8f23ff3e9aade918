"""第6条: a QR code as one SVG path — no data: URL, no style, nothing that the browser must fetch."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white that the standard wants on every side


@dataclass(frozen=True)
class QrCode:
    """The path of the dark modules in a square of `size`."""

    size: int
    path: str


def draw(text: str) -> QrCode:
    """The QR code of `text`."""
    rows = segno.make_qr(text, error="m").matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return QrCode(len(rows) + 2 * QUIET, path)
