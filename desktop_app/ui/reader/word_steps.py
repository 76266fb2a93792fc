"""Steps through a text by written letters and by words, as its script has them."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from desktop_app.ui.reader.offsets import Units

# A step looks at this much of the text on either side: a block may be half a million letters.
REACH = 300

_Finder = QTextBoundaryFinder


def letter_after(text: str, point: int) -> int:
    """The place behind the letter at a point, which may be written with several code points."""
    if point >= len(text):
        return len(text)
    start = _safe_start(text, point)
    found = _letter_places(text[start : point + REACH])
    return next((start + place for place in found if start + place > point), point + 1)


def letter_before(text: str, point: int) -> int:
    """The place before the letter that ends at a point."""
    if point <= 0:
        return 0
    start = _safe_start(text, point)
    found = [start, *(start + place for place in _letter_places(text[start : point + 16]))]
    return max((place for place in found if place < point), default=point - 1)


def word_end_after(text: str, point: int) -> int:
    """The first end of a word behind a point; the end of the text where there is none."""
    start = _safe_start(text, point)
    while point < len(text):
        past = min(point + REACH, len(text))
        ends = _word_places(text[start:past], ends=True)
        for place in ends:
            if start + place > point and (start + place < past or past == len(text)):
                return start + place
        if past == len(text):
            return len(text)
        point = max(past - 1, point + 1)
        # A word longer than the reach is stepped through in parts.
        if not any(letter.isspace() for letter in text[start:past]):
            return point
        start = _safe_start(text, point)
    return len(text)


def word_start_before(text: str, point: int) -> int:
    """The last start of a word before a point; the start of the text where there is none."""
    while point > 0:
        start = _safe_start(text, max(point - REACH, 0)) if point > REACH else 0
        starts = _word_places(text[start : point + 16], ends=False)
        found = [start + place for place in starts if start + place < point]
        if found:
            return found[-1]
        point = min(start, point - 1)
    return 0


def word_start_after(text: str, point: int) -> int:
    """The first start of a word behind a point; the end of the text where there is none."""
    after = word_end_after(text, point)
    start = word_start_before(text, after)
    if start > point:
        return start
    return word_start_before(text, word_end_after(text, after))


def word_end_before(text: str, point: int) -> int:
    """The last end of a word before a point; the start of the text where there is none."""
    before = word_start_before(text, point)
    end = word_end_after(text, before)
    if end < point:
        return end
    earlier = word_start_before(text, before)
    return word_end_after(text, earlier) if earlier < before else 0


def _safe_start(text: str, point: int) -> int:
    """A place before a point where no letter and no word is cut: behind white space, or far off."""
    first = max(point - 64, 0)
    for place in range(point - 1, first, -1):
        if text[place - 1].isspace():
            return place
    return first


def _letter_places(piece: str) -> list[int]:
    units = Units(piece)
    finder = _Finder(_Finder.BoundaryType.Grapheme, piece)
    found = []
    while (place := finder.toNextBoundary()) != -1:
        found.append(units.to_points(place))
    return found


def _word_places(piece: str, *, ends: bool) -> list[int]:
    """Where the words of a piece end, or start."""
    units = Units(piece)
    finder = _Finder(_Finder.BoundaryType.Word, piece)
    found = []
    start = 0
    while (unit := finder.toNextBoundary()) != -1:
        end = units.to_points(unit)
        if any(letter.isalnum() for letter in piece[start:end]):
            found.append(end if ends else start)
        start = end
    return found
