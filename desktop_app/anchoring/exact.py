"""Where the letters of a passage stand again, and whether that is the passage beyond doubt.

Letters that stand in a text again may be others: names and phrases come back, sentences are quoted,
and what was marked may be gone. A place is sure when the letters around it leave no other one: when
the passage holds a landmark (`landmarks.py`); when they agree, without a gap, up to landmarks on
both sides; or when, between the nearest landmarks, no place in either text but those two agrees as
well on either side, and enough letters agree for the distance between the landmarks.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.anchoring.agreeing import Sides, Sought
from desktop_app.anchoring.doubts import has_double, has_rival
from desktop_app.anchoring.landmarks import Landmark, Landmarks
from desktop_app.anchoring.letters import Letters
from desktop_app.anchoring.searching import Searched

_RIVALS = 200  # more places than that are not told apart
_FAR_RIVALS = 16
_WORTH_LOOKING_FAR = 20
# (letters that must agree, how far apart the landmarks may be): with landmarks on both sides, on
# one side, on none; more letters will do however far apart they are.
_BETWEEN = ((20, 800), (40, 20_000))
_BESIDE = ((40, 4_000),)
_WITHOUT = ((32, 2_000),)
_ANYWHERE = 64
_ALL_OF_CONTEXT = 24  # letters that must agree where a few words around a passage are known
_TELLING = 16  # fewer letters of a context tell nothing
_SHORT_TEXT = 256_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of a document, a passage being known in the old one."""

    old: Letters
    new: Searched
    landmarks: Landmarks

    def bounds(self, start: int, end: int) -> tuple[Landmark, Landmark]:
        """The landmarks before and behind a range of the old letters."""
        return self.landmarks.before(start), self.landmarks.behind(end)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the letters of a passage begin in the new text.

    only: they stand nowhere else in it. likely: rather there than in what is only like it.
    """

    at: int
    sure: bool
    only: bool = False
    likely: bool = False


def word_for_word(pair: Pair, start: int, end: int) -> Spot | None:
    """Where the letters of a range of the old text stand in the new one; None for nowhere.

    A spot that is not sure is the likeliest one.
    """
    sought = Sought(pair.old.bytes, start, end)
    new = pair.new.bytes
    left, right = pair.bounds(start, end)
    touching = pair.landmarks.touching(start, end)
    for shift in dict.fromkeys(mark.shift for mark in (left, right, *touching)):
        at = start + shift
        if at < 0 or not new.startswith(sought.letters, at):
            continue
        inside = any(mark.shift == shift and _lies_in(sought, mark) for mark in touching)
        if _joined(pair, left, start, at) and _joined(pair, right, end, at + sought.size):
            sure = inside or not has_rival(sought, new, at)
            return Spot(at, sure, inside or _is_only(pair, sought, at))
        if inside:
            return Spot(at, not has_double(sought, new, at, left, right), True)
    past = right.new + right.length
    places = pair.new.within(sought.letters, new, left.new, past, most=_RIVALS)
    if places is None:
        return None
    if not places:
        return _elsewhere(pair, sought)
    past = right.old + right.length
    others = pair.new.within(sought.letters, sought.text, left.old, past, most=_RIVALS)
    at, sides = sought.best(new, places)
    likely = not has_double(sought, new, at, left, right)
    sure = (
        likely
        and others is not None
        and sought.is_told_apart(new, at, places, others)
        and _suffices(pair, sought, at, sides)
        and not has_rival(sought, new, at)
    )
    return Spot(at, sure, sure and _is_only(pair, sought, at), likely)


def by_context(sought: Sought, new: Searched) -> Spot | None:
    """The same for a passage of which no more is known than some letters before and behind it.

    Sure is a place where all of them agree; for a long passage, all on one side will do.
    """
    places = new.everywhere(sought.letters, most=_RIVALS)
    if not places:
        return None
    at, sides = sought.best(new.bytes, places)
    agreeing = sides.both + sought.size
    all_before = sides.before == sought.start
    all_behind = sides.behind == len(sought.text) - sought.end
    whole_side = (all_before and sides.before >= _TELLING) or (
        all_behind and sides.behind >= _TELLING
    )
    enough = (
        all_before and all_behind and sides.both >= _TELLING and agreeing >= _ALL_OF_CONTEXT
    ) or (whole_side and sought.size >= _ANYWHERE)
    sure = enough and sought.is_told_apart(new.bytes, at, places, ())
    return Spot(at, sure, len(places) == 1)


def _lies_in(sought: Sought, mark: Landmark) -> bool:
    return sought.start <= mark.old and mark.old + mark.length <= sought.end


def _joined(pair: Pair, mark: Landmark, old_at: int, new_at: int) -> bool:
    """Whether all letters agree between a landmark and a place beside it."""
    if mark.shift != new_at - old_at:
        return False
    low, high = sorted((mark.old, old_at))
    return pair.old.bytes[low:high] == pair.new.bytes[low + mark.shift : high + mark.shift]


def _suffices(pair: Pair, sought: Sought, at: int, sides: Sides) -> bool:
    """Whether enough letters agree at a place between two landmarks."""
    left, right = pair.bounds(sought.start, sought.end)
    joined = (
        _joined(pair, left, sought.start, at),
        _joined(pair, right, sought.end, at + sought.size),
    )
    if (left.length and joined[0]) or (right.length and joined[1]):
        return True
    agreeing = sides.both + sought.size
    apart = max(right.old - left.old, right.new - left.new)
    # The end of the text is as good as a landmark where all letters up to it agree.
    known = [bool(mark.length) or near for mark, near in zip((left, right), joined, strict=True)]
    allowed = _BETWEEN if all(known) else _BESIDE if any(known) else _WITHOUT
    return agreeing >= _ANYWHERE or any(
        agreeing >= least and apart <= most for least, most in allowed
    )


def _elsewhere(pair: Pair, sought: Sought) -> Spot | None:
    """Where a passage stands that is not where it would be: it was moved, or stands twice."""
    new = pair.new.bytes
    was_moved = False
    for mark in pair.landmarks.moved(sought.start, sought.end):
        at = sought.start + mark.shift
        if at >= 0 and new.startswith(sought.letters, at):
            was_moved = True
            if _lies_in(sought, mark):
                enough = sought.size + sought.sides(new, at).both >= _ANYWHERE
                return Spot(at, enough and not _replaced(pair, sought), True)
    if sought.size < _WORTH_LOOKING_FAR and not was_moved:
        return None
    most = _RIVALS if was_moved else _FAR_RIVALS
    places = pair.new.everywhere(sought.letters, most=most)
    if not places:
        return None
    everywhere = (0, len(sought.text))
    others = pair.new.within(sought.letters, sought.text, *everywhere, most=most)
    if others is None:
        return None
    free = [at for at in places if not _is_of_another(sought, new, at, others)]
    if not free:
        return None
    at, sides = sought.best(new, free)
    sure = (
        sought.size + sides.both >= _ANYWHERE
        and sought.is_told_apart(new, at, places, others)
        and not _replaced(pair, sought)
    )
    return Spot(at, sure, len(places) == 1)


def _is_of_another(sought: Sought, new: bytes, at: int, others: list[int]) -> bool:
    """Whether a place is that of another passage of the same words in the old text."""
    mine = sought.sides(new, at).both
    return any(
        Sought(sought.text, other, other + sought.size).sides(new, at).both
        >= max(mine + 1, _TELLING)
        for other in others
        if other != sought.start
    )


def _replaced(pair: Pair, sought: Sought) -> bool:
    """Whether something else stands now where a passage stood."""
    left, right = pair.bounds(sought.start, sought.end)
    if not (left.length and right.length):
        return False
    return right.new - left.new > right.old - left.old - sought.size // 2


def _is_only(pair: Pair, sought: Sought, at: int) -> bool:
    new = pair.new.bytes
    return (
        len(new) <= _SHORT_TEXT
        and new.find(sought.letters) == at
        and new.find(sought.letters, at + 1) < 0
    )
