"""Where a marked passage stands in another text: by position, unique quote, context, closeness.

Nothing here moves a highlight: what is found by closeness is said to be so, and what is not found
is said to be lost. What is found in another way is word for word the passage (`wording.py` says
what that is), and stands where the passage stands beyond doubt (`exact.py` says what that is).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.anchoring.agreeing import Sought
from desktop_app.anchoring.close import LEAST, Likeness, likest_anywhere, likest_in_place
from desktop_app.anchoring.exact import Pair, Spot, by_context, word_for_word
from desktop_app.anchoring.landmarks import Landmarks
from desktop_app.anchoring.letters import Letters, soft_run
from desktop_app.anchoring.searching import PATIENCE, Searched
from desktop_app.anchoring.wording import marks_in, same_gap, same_words, word_bounds
from desktop_app.core.highlights import Anchor, How, whole_letters

# A shorter quote is like too much else to be looked for by closeness.
SHORTEST_CLOSE = 20

_LONG = 1_000_000
_LOOKED_UP = 4  # passages of a long text that are looked up one by one before it is gone through
_AROUND = 100
_LEAST_AROUND = 32
_SURELY_IN_PLACE = 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found in a text: code points, end exclusive. how: never MARKED or LOST."""

    start: int
    end: int
    how: How


class Finder:
    """Finds passages in one text; what it works out about the text serves all of them."""

    def __init__(self, text: str, *, patience: int = PATIENCE) -> None:
        self._text = text
        self._patience = patience
        self._searched: Searched | None = None
        self._pair: Pair | None = None
        self._old_letters: Letters | None = None
        self._old: str | None = None
        self._same = False
        self._asked = 0

    def find(self, anchor: Anchor, old: str | None = None) -> Found | None:
        """The place of a passage, or None where it is not in the text, or cannot be told.

        old: the text that it was marked in, where there is one; anchors of one old text are best
        given one after another. Without it nobody knows what else stood in that text: a passage is
        then found, but for review, only where all of the words kept around it agree (or, around a
        long one, all on one side), in no other place as well.
        """
        if not anchor.quote.strip() or not self._text:
            return None
        if old is None or old[anchor.start : anchor.end] != anchor.quote:
            return self._by_context(anchor)
        if old != self._old:
            self._old, self._old_letters, self._pair, self._asked = old, None, None, 0
            self._same = old == self._text
        if self._same:
            return Found(anchor.start, anchor.end, How.POSITION)
        self._asked += 1
        wordless = not soft_run.sub("", anchor.quote)
        if wordless or self._is_one_of_few(old):
            found = self._as_it_stands(anchor, old)
            if found or wordless:
                return found
        return self._by_letters(anchor, old)

    def _by_letters(self, anchor: Anchor, old: str) -> Found | None:
        pair = self._paired(anchor, old)
        start, end = pair.old.offset(anchor.start), pair.old.offset(anchor.end)
        spot = word_for_word(pair, start, end)
        if spot is not None and spot.sure:
            found = self._exactly(anchor, old, anchor.start, spot, end - start)
            if found:
                return found
        if len(anchor.quote) < SHORTEST_CLOSE:
            return None
        same = self._new.letters.range_of(spot.at, spot.at + end - start) if spot else None
        if spot and same and (spot.sure or spot.likely):
            return self._close(*same)
        near = likest_in_place(pair, start, end)
        if same and (near is None or near.score < _SURELY_IN_PLACE):
            return self._close(*same)
        if near is None or near.score < LEAST:
            wanted = pair.old.bytes[start:end]
            far = likest_anywhere(anchor.quote, wanted, self._new)
            near = _better(near, far)
        return self._close(near.start, near.end) if near and near.score >= LEAST else None

    def _by_context(self, anchor: Anchor) -> Found | None:
        """The place of a passage of which no more is known than its anchor."""
        context = Letters(anchor.before + anchor.quote + anchor.after)
        first = len(anchor.before)
        start, end = context.offset(first), context.offset(first + len(anchor.quote))
        if start == end:
            return None
        spot = by_context(Sought(context.bytes, start, end), self._new)
        if spot is not None and spot.sure:
            found = self._exactly(anchor, context.text, first, spot, end - start)
            if found:
                return found
        if len(anchor.quote) < SHORTEST_CLOSE:
            return None
        if spot is not None:
            return self._close(*self._new.letters.range_of(spot.at, spot.at + end - start))
        wanted = context.bytes[start:end]
        far = likest_anywhere(anchor.quote, wanted, self._new)
        return self._close(far.start, far.end) if far and far.score >= LEAST else None

    def _as_it_stands(self, anchor: Anchor, old: str) -> Found | None:
        """The place of a passage that stands, with all around it unchanged, once in both texts."""
        start, past = max(anchor.start - _AROUND, 0), anchor.end + _AROUND
        piece = old[start:past]
        inside = anchor.start - start
        if min(inside, len(piece) - inside - len(anchor.quote)) < _LEAST_AROUND:
            return None
        at = self._text.find(piece)
        if at < 0 or self._text.find(piece, at + 1) >= 0 or old.find(piece) != start:
            return None
        if old.find(piece, start + 1) >= 0:
            return None
        first = at + inside
        how = How.POSITION if first == anchor.start else How.CONTEXT
        return Found(first, first + len(anchor.quote), how)

    def _exactly(
        self, anchor: Anchor, old: str, old_start: int, spot: Spot, size: int
    ) -> Found | None:
        """The range of a sure spot, if it is word for word the passage; its ends are whole words
        as they were."""
        text, quote = self._text, anchor.quote
        start, end = self._new.letters.range_of(spot.at, spot.at + size)
        lead, trail = _soft_ends(quote)
        if not _same_ends(
            old,
            (old_start + lead, old_start + len(quote) - trail),
            text,
            (start, end),
        ):
            return None
        wide = _with_marks(text, start, end, quote[:lead], quote[len(quote) - trail :])
        if wide is None:
            return None
        start, end = whole_letters(text, *wide)
        if not same_words(quote, text[start:end]):
            return None
        if (start, end) == (anchor.start, anchor.end):
            return Found(start, end, How.POSITION)
        return Found(start, end, How.QUOTE if spot.only else How.CONTEXT)

    def _close(self, start: int, end: int) -> Found | None:
        start, end = whole_letters(self._text, start, end)
        return Found(start, end, How.CLOSE) if start < end else None

    def _paired(self, anchor: Anchor, old: str) -> Pair:
        """The old text and the new one with their landmarks; only those near for the first few."""
        if self._old_letters is None:
            self._old_letters = Letters(old)
        letters = self._old_letters
        if self._pair is None and self._is_one_of_few(old):
            start, end = letters.offset(anchor.start), letters.offset(anchor.end)
            near = Landmarks.near(letters.bytes, self._new.bytes, start, end)
            return Pair(letters, self._new, near)
        if self._pair is None:
            landmarks = Landmarks.of(letters.bytes, self._new.bytes)
            self._pair = Pair(letters, self._new, landmarks)
        return self._pair

    def _is_one_of_few(self, old: str) -> bool:
        """Whether it does not pay yet to go through both texts."""
        return self._asked <= _LOOKED_UP and len(old) > _LONG

    @property
    def _new(self) -> Searched:
        if self._searched is None:
            self._searched = Searched(Letters(self._text), patience=self._patience)
        return self._searched


def _better(one: Likeness | None, other: Likeness | None) -> Likeness | None:
    if one is None or other is None:
        return one or other
    return one if one.score >= other.score else other


def _soft_ends(quote: str) -> tuple[int, int]:
    """How much of a passage stands before its first letter, and behind its last one."""
    lead = found.end() if (found := soft_run.match(quote)) else 0
    return lead, len(_soft_before(quote, len(quote)))


def _soft_before(text: str, at: int) -> str:
    """What stands before a place up to the letter before it."""
    first = at
    while first > 0 and soft_run.match(text[first - 1]):
        first -= 1
    return text[first:at]


def _soft_behind(text: str, at: int) -> str:
    found = soft_run.match(text, at)
    return found[0] if found else ""


def _same_ends(old: str, passage: tuple[int, int], new: str, place: tuple[int, int]) -> bool:
    """Whether a place begins and ends within words, or not, as the passage does."""
    start, end = passage
    new_start, new_end = place
    bounds, new_bounds = word_bounds(old, start, end), word_bounds(new, new_start, new_end)
    gap, new_gap = _soft_before(old, start), _soft_before(new, new_start)
    before, new_before = start - len(gap), new_start - len(new_gap)
    begins = (
        before > 0
        and new_before > 0
        and old[before - 1] == new[new_before - 1]
        and same_gap(gap, new_gap, old[before - 1], old[start])
    )
    gap, new_gap = _soft_behind(old, end), _soft_behind(new, new_end)
    behind, new_behind = end + len(gap), new_end + len(new_gap)
    ends = (
        behind < len(old)
        and new_behind < len(new)
        and old[behind] == new[new_behind]
        and same_gap(gap, new_gap, old[end - 1], old[behind])
    )
    return (begins or (bounds[0] and new_bounds[0])) and (ends or (bounds[1] and new_bounds[1]))


def _with_marks(text: str, start: int, end: int, lead: str, trail: str) -> tuple[int, int] | None:
    """The range with the quote marks and dashes at its ends that the passage has at its own."""
    marks = marks_in(lead)
    if marks:
        gap = _soft_before(text, start)
        sizes = [size for size in range(1, len(gap) + 1) if marks_in(gap[-size:]) == marks]
        if not sizes:
            return None
        start -= sizes[0]
    marks = marks_in(trail)
    if marks:
        gap = _soft_behind(text, end)
        sizes = [size for size in range(1, len(gap) + 1) if marks_in(gap[:size]) == marks]
        if not sizes:
            return None
        end += sizes[0]
    return start, end
