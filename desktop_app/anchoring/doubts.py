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
_BEGINNING = 1_000  # of a long passage, its beginning is compared
_ALIKE = 70.0
_MORE_ALIKE = 10.0
_WELL_BOUND = 12  # letters on both sides, with which a place is not that of a quotation


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
    sides = sought.sides(new, at)
    if sought.size < _SHORTEST or min(sides.before, sides.behind) >= _WELL_BOUND:
        return False
    wanted = sought.letters[:_BEGINNING]
    gaps = (
        (sought.text[left.old : sought.start], new[left.new : at]),
        (
            sought.text[sought.end : right.old + right.length],
            new[at + sought.size : right.new + right.length],
        ),
    )
    for old_gap, gap in gaps:
        if sought.size // 2 <= len(gap) - len(old_gap) and len(gap) <= _LONGEST:
            if wanted in gap:
                continue  # the same words once more are a rival, and looked at as such
            alike = fuzz.partial_ratio(wanted, gap)
            if alike >= _ALIKE and alike > fuzz.partial_ratio(wanted, old_gap) + _MORE_ALIKE:
                return True
    return False


def _near(wanted: bytes, text: bytes, at: int) -> list[int]:
    found: list[int] = []
    past = at + _REACH + len(wanted)
    place = text.find(wanted, max(at - _REACH, 0), past)
    while place >= 0 and len(found) < _MOST:
        found.append(place)
        place = text.find(wanted, place + 1, past)
    return found
