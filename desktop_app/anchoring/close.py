"""The passage of a text that is most like another one, with its exact ends.

The words around a passage are aligned with those between the same landmarks of the new text, and
what its words are aligned with is taken; where there is nothing like it, pieces of it are looked
for in all of the text. The ends are then moved by words for as long as the likeness grows.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein, Opcodes

from desktop_app.anchoring.exact import Pair
from desktop_app.anchoring.landmarks import Landmark
from desktop_app.anchoring.letters import letters
from desktop_app.anchoring.searching import Searched

LEAST = 0.6  # how alike a passage must be to be shown to somebody

_AROUND = 1_500  # bytes of letters on either side that are aligned, too
_WIDEST = 8_000
_LONG = 5_000
_END_OF_LONG = 1_000
_PIECE = 18
_PIECES = 8
_MOST_STEPS = 60
_SURE_ENDS = 2
_MOST_PUT_IN = 600
_MUCH_PUT_IN = 1.5
_NEARLY_ALL = 0.9
_WELL_ALIGNED = 0.75  # so alike that what the words are aligned with is not chance
# What a look costs, in bytes that could be looked through in its time.
_LOOK = 3_000_000
_LETTER = 600
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+|[^\\w\\s]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A passage that is like another one: code points, end exclusive. score: 1 for the same."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a text, in order: folded, where each begins, where each ends."""

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Words:
        """The words of a range of a text; signs are words of their own."""
        found = list(_WORD.finditer(text, start, end))
        return cls(
            text,
            [word[0].casefold() for word in found],
            [word.start() for word in found],
            [word.end() for word in found],
        )

    def letters(self, first: int, past: int) -> bytes:
        """The letters of a range of the words."""
        return letters(self.text[self.starts[first] : self.ends[past - 1]])


def likest_in_place(pair: Pair, start: int, end: int) -> Likeness | None:
    """What stands between the nearest landmarks that is like a range of the old letters.

    A long passage is what lies between what is like its beginning and what is like its end.
    """
    if end - start > _LONG:
        first = likest_in_place(pair, start, start + _END_OF_LONG)
        last = likest_in_place(pair, end - _END_OF_LONG, end)
        if first is None or last is None or first.start >= last.end:
            return None
        size = pair.new.letters.offset(last.end) - pair.new.letters.offset(first.start)
        alike = min(size, end - start) / max(size, end - start)
        return Likeness(first.start, last.end, min(first.score, last.score, alike))
    left, right = pair.bounds(start, end)
    around = (
        max(left.old, start - _AROUND),
        min(right.old + right.length, end + _AROUND),
    )
    found = [
        likeness
        for window in _windows(left, right, start, end)
        if (likeness := _aligned(pair, (start, end), around, window))
    ]
    return max(found, key=lambda likeness: likeness.score, default=None)


def likest_anywhere(passage: str, wanted: bytes, new: Searched) -> Likeness | None:
    """What is like a passage and has some whole pieces of it. wanted: its letters."""
    if len(wanted) > _LONG:
        return None
    votes: Counter[int] = Counter()
    begins: dict[int, int] = {}
    for offset, place in new.pieces(wanted, _PIECE, _PIECES):
        near = (place - offset) // (len(wanted) + 100)
        votes[near] += 1
        begins.setdefault(near, place - offset)
    if not votes:
        return None
    begin = begins[votes.most_common(1)[0][0]]
    slack = len(wanted) // 4 + 60
    past = begin + len(wanted) + slack
    if past <= 0 or not new.spend(_LOOK + 2 * _LETTER * len(wanted)):
        return None
    words = _Words.of(new.letters.text, *new.letters.range_of(max(begin - slack, 0), past))
    mine = _Words.of(passage, 0, len(passage))
    steps = Levenshtein.opcodes(mine.forms, words.forms)
    there = _counterparts(steps, 0, len(mine.forms))
    return _settled(wanted, words, there, new) if there else None


def _windows(left: Landmark, right: Landmark, start: int, end: int) -> list[tuple[int, int]]:
    """Where to look in the new letters: between the landmarks, or beside each where that is far."""
    first, past = left.new, right.new + right.length
    size = end - start
    if past - first <= _WIDEST + 2 * size:
        return [(first, past)]
    found: list[tuple[int, int]] = []
    if start - left.old <= _WIDEST // 2:
        found.append((first, min(first + start - left.old + 2 * size + _AROUND, past)))
    if right.old - end <= _WIDEST // 2:
        found.append((max(past - (right.old - end) - 2 * size - _AROUND, first), past))
    return found


def _aligned(
    pair: Pair, passage: tuple[int, int], around: tuple[int, int], window: tuple[int, int]
) -> Likeness | None:
    """What the words of a passage are aligned with in a window of the new letters."""
    cost = _LOOK + _LETTER * (around[1] - around[0] + window[1] - window[0])
    if window[0] >= window[1] or not pair.new.spend(cost):
        return None
    old_words = _Words.of(pair.old.text, *pair.old.range_of(*around))
    new_words = _Words.of(pair.new.letters.text, *pair.new.letters.range_of(*window))
    start, end = pair.old.range_of(*passage)
    mine = [
        at
        for at, (first, past) in enumerate(zip(old_words.starts, old_words.ends, strict=True))
        if past > start and first < end
    ]
    if not mine:
        return None
    steps = Levenshtein.opcodes(old_words.forms, new_words.forms)
    there = _counterparts(steps, mine[0], mine[-1] + 1)
    wanted = pair.old.bytes[passage[0] : passage[1]]
    if there is None:
        return None
    whole = _with_something_put_in(new_words, there, len(wanted), _kept(steps, mine))
    if whole:
        much = len(new_words.letters(*there)) > _MUCH_PUT_IN * len(wanted)
        part = _settled(wanted, new_words, there, pair.new) if much else None
        # Nearly all of it in one piece is the passage, and the rest is what quotes it.
        return part if part and part.score >= _NEARLY_ALL else whole
    likeness = _settled(wanted, new_words, there, pair.new, firm=True)
    if likeness and likeness.score >= _WELL_ALIGNED:
        return likeness
    return _settled(wanted, new_words, there, pair.new)


def _kept(steps: Opcodes, mine: list[int]) -> list[bool]:
    """Which words of the passage stand in the new text as they were."""
    kept = {
        at for step in steps if step.tag == "equal" for at in range(step.src_start, step.src_end)
    }
    return [at in kept for at in mine]


def _with_something_put_in(
    words: _Words, there: tuple[int, int], size: int, kept: list[bool]
) -> Likeness | None:
    """The whole of a passage into which something was put: a caption, an advertisement.

    kept: for each word of the passage, whether it stands there still. Those at both ends must.
    """
    first, past = there
    share = sum(kept) / len(kept)
    end = min(_SURE_ENDS, len(kept))
    if share < _WELL_ALIGNED or not all(kept[:end]) or not all(kept[-end:]):
        return None
    if len(words.letters(first, past)) > 2 * size + _MOST_PUT_IN:
        return None
    return Likeness(words.starts[first], words.ends[past - 1], share)


def _counterparts(steps: Opcodes, first: int, past: int) -> tuple[int, int] | None:
    """The range of the new words that a range of the old ones is aligned with."""
    start = end = -1
    for step in steps:
        if step.tag in ("insert", "delete"):
            continue
        low, high = max(step.src_start, first), min(step.src_end, past)
        if low < high:
            if start < 0:
                start = step.dest_start + low - step.src_start
            end = step.dest_start + high - step.src_start
    return (start, end) if start >= 0 else None


def _settled(
    wanted: bytes, words: _Words, there: tuple[int, int], new: Searched, *, firm: bool = False
) -> Likeness | None:
    """Move the ends of a range of words for as long as it becomes more like the letters wanted.

    firm: the ends are known to be counterparts, however unlike, and move outwards only.
    """

    def score(first: int, past: int) -> float:
        if not 0 <= first < past <= len(words.forms):
            return 0.0
        mine = words.letters(first, past)
        if not new.spend(len(mine) * len(wanted) // 16 + 20_000):
            return 0.0
        return float(Indel.normalized_similarity(wanted, mine))

    first, past = there
    best = score(first, past)
    for _ in range(_MOST_STEPS):
        moves = [(first - 3, past), (first - 1, past), (first, past + 1), (first, past + 3)]
        if not firm:
            moves += [(first + 1, past), (first, past - 1)]
        scores = [score(*move) for move in moves]
        if max(scores) <= best:
            break
        best = max(scores)
        first, past = moves[scores.index(best)]
    if best <= 0.0:
        return None
    return Likeness(words.starts[first], words.ends[past - 1], best)
