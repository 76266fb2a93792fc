"""What makes a place doubtful that looks sure: words that were said again, or quoted and changed."""

from __future__ import annotations

from rapidfuzz import fuzz

from desktop_app.anchoring.agreeing import Sought
from desktop_app.anchoring.landmarks import Landmark

_SIDE = 32  # letters of one side that must come again for a rival;
_MORE = 8  # so many more than agree at the place will do, where few agree
_REACH = 100_000
_MOST = 50
_SHORTEST = 20
_LONGEST = 20_000
_ALIKE = 70.0


def has_rival(sought: Sought, new: bytes, at: int) -> bool:
    """Whether the passage with much of one of its sides comes again, and agrees better there.

    Looked for around the place, and around the passage in the old text.
    """
    sides = sought.sides(new, at)
    start, end = sought.start, sought.end
    before, behind = min(_SIDE, sides.before + _MORE), min(_SIDE, sides.behind + _MORE)
    with_before = sought.text[max(start - before, 0) : end]
    with_behind = sought.text[start : end + behind]
    places = {
        *(place + len(with_before) - sought.size for place in _near(with_before, new, at)),
        *_near(with_behind, new, at),
    }
    rivals = [sought.sides(new, place) for place in places if place != at]
    size = sought.size
    with_before = new[max(at - before, 0) : at + size]
    with_behind = new[at : at + size + behind]
    others = {
        *(place + len(with_before) - size for place in _near(with_before, sought.text, start)),
        *_near(with_behind, sought.text, start),
    }
    rivals += [
        Sought(sought.text, other, other + size).sides(new, at)
        for other in others
        if other != start
    ]
    return any(rival.before > sides.before or rival.behind > sides.behind for rival in rivals)


def has_double(sought: Sought, new: bytes, at: int, left: Landmark, right: Landmark) -> bool:
    """Whether something very like the passage stands beside it that did not in the old text.

    Then that may be the passage, changed, and the place what quotes it.
    """
    if sought.size < _SHORTEST:
        return False
    wanted = sought.letters
    gaps = (
        (sought.start - left.old, new[left.new : at]),
        (right.old + right.length - sought.end, new[at + sought.size : right.new + right.length]),
    )
    return any(
        sought.size // 2 <= len(gap) - before <= _LONGEST
        and fuzz.partial_ratio(wanted, gap) >= _ALIKE
        for before, gap in gaps
    )


def _near(wanted: bytes, text: bytes, at: int) -> list[int]:
    found: list[int] = []
    past = at + _REACH + len(wanted)
    place = text.find(wanted, max(at - _REACH, 0), past)
    while place >= 0 and len(found) < _MOST:
        found.append(place)
        place = text.find(wanted, place + 1, past)
    return found
