"""Pages of PDFs without a process: their letters, and which of them lie under quads."""

from __future__ import annotations

import unicodedata

from desktop_app.formats.limits import USUAL
from desktop_app.formats.pdf.drawing import Drawing


def letters_of_pages(content):
    """The letters of all pages that can be read, by number."""
    drawing = Drawing(content, USUAL)
    try:
        made = {}
        for number in range(1, len(drawing.sizes()) // 2 + 1):
            try:
                made[number] = drawing.letters(number)
            except Exception as refused:  # noqa: BLE001
                assert "damaged" in str(refused) or "cannot be read" in str(refused), refused
        return made
    finally:
        drawing.close()


def under(letters, quads):
    """The letters whose middle lies under quads, quad by quad, as the page has them."""
    found = {}
    for quad in quads:
        xs, ys = quad[0::2], quad[1::2]
        for at, letter in enumerate(letters.text):
            left, bottom, right, top = letters.box(at)
            x, y = (left + right) / 2, (bottom + top) / 2
            drawn = left < right or bottom < top
            if drawn and min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys):
                found[at] = letter
    return "".join(found.values())


def bare(text):
    """A text without blanks and what no page shows, for comparing."""
    return unicodedata.normalize(
        "NFC", "".join(c for c in text if not c.isspace() and c not in "\x00\u00ad")
    )
